import { signupInput } from '@app/contract/testing'

export interface Post {
  path: string
  body: object
}

export interface ProtectedCall {
  name: string
  path: string
  /** Text in each correct response, for the user of this name. */
  expected: (username: string) => string
}

/** One server with accounts. */
export interface Peer {
  name: string
  /** The server of `npm start`, the Flask server, or a file in `bench/peers` with its arguments. */
  program: 'ours' | 'flask' | readonly [file: string, ...args: string[]]
  signUp: (username: string) => Post
  logIn: (username: string) => Post
  calls: readonly ProtectedCall[]
}

const password = 'a stopwatch and a lock'
const hasUsername = (username: string) => `"username":"${username}"`
const hasName = (username: string) => `"name":"${username}"`

/** A protected call answers with the user that the database has for the session. */
export const peers: readonly Peer[] = [
  {
    name: 'ours',
    program: 'ours',
    signUp: (username) => ({ path: '/trpc/auth.signup', body: signupInput({ username, password }) }),
    logIn: (username) => ({ path: '/trpc/auth.login', body: { username, password } }),
    calls: [{ name: 'account.me', path: '/trpc/account.me?batch=1&input=%7B%7D', expected: hasUsername }],
  },
  betterAuth(
    'better-auth',
    ['better-auth.ts'],
    [
      { name: 'better-auth, session check in a tRPC guard', path: '/trpc/me', expected: hasName },
      { name: 'better-auth, get-session of its handler', path: '/api/auth/get-session', expected: hasName },
    ],
  ),
  betterAuth(
    'better-auth, cookie cache',
    ['better-auth.ts', '--cookie-cache'],
    [{ name: 'better-auth, cookie cache, tRPC guard', path: '/trpc/me', expected: hasName }],
  ),
  plainPeer('express-session, passport', ['passport.ts']),
  plainPeer('hand-written look-up', ['hand-written.ts']),
  plainPeer('Flask tutorials', 'flask'),
]

function betterAuth(name: string, program: Peer['program'], calls: Peer['calls']): Peer {
  const email = (username: string) => `${username}@example.com`
  return {
    name,
    program,
    signUp: (username) => ({
      path: '/api/auth/sign-up/email',
      body: { email: email(username), name: username, password },
    }),
    logIn: (username) => ({ path: '/api/auth/sign-in/email', body: { email: email(username), password } }),
    calls,
  }
}

function plainPeer(name: string, program: Peer['program']): Peer {
  return {
    name,
    program,
    signUp: (username) => ({ path: '/sign-up', body: { username, password } }),
    logIn: (username) => ({ path: '/log-in', body: { username, password } }),
    calls: [{ name, path: '/me', expected: hasUsername }],
  }
}
