import { signupInput } from '@app/contract/testing'
import type { Call } from './growth-client.ts'

const password = 'a stopwatch and a lock'

/** One user and the admin in one round. */
export interface Visit {
  username: string
  id: string
  /** Empty before the log-in. */
  cookie: string
  admin: string
  /** A session of a user with a passkey and recovery codes, whose log-in would need a second step. */
  withPasskey: string
  /** The id of a user who is removed. */
  victim: string
  /** A different text in each run and round. */
  fresh: string
}

/**
 * Returns the number of a user who has no second factor, has an outside identity and is enabled: `fillTables`
 * gives factors to the first fifth and identities to even numbers, and disables the last of each hundred.
 */
export function plainUser(users: number, round: number): number {
  const first = 2 * Math.ceil(users / 10)
  return first + 2 * ((round * 7_919) % Math.floor((users - first) / 2))
}

export const adminLogin: Call = { procedure: 'auth.login', input: { username: 'bench-admin', password } }

/** The first call of a visit, whose cookie the others need. */
export const login = {
  name: 'auth.login, without its hash',
  call: ({ username }: Visit): Call => ({ procedure: 'auth.login', input: { username, password } }),
}

export function signup(username: string): Call {
  return { procedure: 'auth.signup', input: signupInput({ username, password }) }
}

const cursorAfter = (key: string) => Buffer.from(JSON.stringify(key)).toString('base64url')
/** Half of the events of `fillTables` are older. */
const middleEvent = () => {
  const ms = Date.now() - 87 * 24 * 3_600_000
  const hex = ms.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}

type Measured = { name: string; call: (visit: Visit) => Call }

const asUser = (procedure: string, input: object = {}, name = procedure, isQuery = true): Measured => ({
  name,
  call: ({ cookie }) => ({ procedure, input, cookie, isQuery }),
})

const asPasskeyUser = (procedure: string): Measured => ({
  name: procedure,
  call: ({ withPasskey }) => ({ procedure, cookie: withPasskey, isQuery: true }),
})

const asAdmin = (procedure: string, input: object = {}, name = procedure): Measured => ({
  name,
  call: ({ admin }) => ({ procedure, input, cookie: admin, isQuery: true }),
})

const written = (name: string, call: (visit: Visit) => Call): Measured => ({ name, call })

/**
 * What is measured after the log-in, in this order. Writes sweep what has expired: of the audit log with each
 * event, of sessions with a log-in or sign-up, of throttles with a failed log-in, of access tokens and of
 * invitations and one-time secrets with a new one.
 */
export const measuredCalls: readonly Measured[] = [
  asUser('account.me'),
  asUser('auth.session'),
  asUser('account.security'),
  asUser('account.activity'),
  asUser('sessions.list'),
  asUser('tokens.list'),
  asUser('identities.list'),
  asPasskeyUser('passkeys.list'),
  asPasskeyUser('recoveryCodes.status'),
  asUser('notes.list'),
  asUser('notes.list', { search: 'milk' }, 'notes.list, search'),
  asAdmin('users.list'),
  asAdmin('users.list', { cursor: cursorAfter('user-i') }, 'users.list, a middle page'),
  asAdmin('users.list', { search: 'user-1' }, 'users.list, search by user name'),
  // Half of the users, one in 14 and none have such names: a page is full at each size.
  asAdmin('users.list', { search: 'j' }, 'users.list, search of many'),
  asAdmin('users.list', { search: 'jane' }, 'users.list, search by name'),
  asAdmin('users.list', { search: 'unknown' }, 'users.list, search of none'),
  asAdmin('audit.list'),
  asAdmin('audit.list', { cursor: cursorAfter(middleEvent()) }, 'audit.list, a middle page'),
  asAdmin('audit.list', { event: 'login-failed' }, 'audit.list, one event'),
  {
    name: 'audit.list, one user',
    call: ({ id, admin }) => ({
      procedure: 'audit.list',
      input: { userId: id },
      cookie: admin,
      isQuery: true,
    }),
  },
  asAdmin('invitations.list'),
  written('auth.login, unknown user', ({ fresh }) => ({
    procedure: 'auth.login',
    input: { username: `unknown-${fresh}`, password },
    status: 401,
  })),
  written('auth.signup, without its hash', ({ fresh }) => signup(`new-${fresh}`)),
  asUser('notes.create', { title: 'A note' }, 'notes.create', false),
  asUser('tokens.create', { name: 'Backup', scopes: ['account:read'] }, 'tokens.create', false),
  {
    name: 'users.tokens',
    call: ({ id, admin }) => ({ procedure: 'users.tokens', input: { id }, cookie: admin, isQuery: true }),
  },
  written('recovery.request', ({ username }) => ({
    procedure: 'recovery.request',
    input: { identifier: username },
  })),
  written('invitations.create', ({ admin }) => ({ procedure: 'invitations.create', cookie: admin })),
  written('users.remove', ({ admin, victim }) => ({
    procedure: 'users.remove',
    input: { id: victim },
    cookie: admin,
  })),
]
