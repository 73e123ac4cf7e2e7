import { randomBytes } from 'node:crypto'
import type { Client } from '@app/client'
import type { SignedIn } from '@app/contract'
import { signupInput } from '@app/contract/testing'
import { createAdmin } from '@app/router'
import type { TestApp } from '../../src/testing/test-app.ts'
import { post } from './raw-call.ts'

/** A signed-in user with a typed client and a cookie jar of its own. */
export interface Actor {
  api: Client
  id: string
}

/** An actor with the cookie at hand, for tests that read raw responses. */
export interface CookieActor extends Actor {
  username: string
  /** The cookies that each call sends; at first the session's, as the log-in set it. */
  cookie: string
}

export const password = 'correct horse battery'

/** A well-formed id that belongs to no row. */
export const unknownId = '01977e3c-0000-7000-8000-000000000000'

/** A well-formed secret of a link that was never issued. */
export const unknownSecret = 'A'.repeat(43)

/** A well-formed recovery code that no account has. */
export const unknownCode = 'A'.repeat(24)

/** Returns a user name that no account has. */
export function newUsername(): string {
  return `user-${randomBytes(6).toString('hex')}`
}

export async function signUp(
  app: TestApp,
  username: string,
  more: { name?: string; email?: string } = {},
): Promise<Actor> {
  const api = app.newClient()
  const { user } = await api.auth.signup.mutate(signupInput({ username, password, ...more }))
  return { api, id: user.id }
}

/** Creates an admin as the operator does, and logs in. */
export async function addAdmin(app: TestApp, username: string): Promise<Actor> {
  await createAdminAccount(app, username)
  const api = app.newClient()
  const { id } = await logIn(api, username)
  return { api, id }
}

/** Logs in a user who has no second factor. */
async function logIn(api: Client, username: string): Promise<SignedIn['user']> {
  const result = await api.auth.login.mutate({ username, password })
  if (result.status !== 'signed-in') throw new Error(`${username} has a second factor.`)
  return result.user
}

export async function newUser(app: TestApp): Promise<CookieActor> {
  const username = newUsername()
  return withCookie(app, username, await post(app.url, 'auth.signup', signupInput({ username, password })))
}

export async function newAdmin(app: TestApp): Promise<CookieActor> {
  const username = newUsername()
  await createAdminAccount(app, username)
  return withCookie(app, username, await post(app.url, 'auth.login', { username, password }))
}

async function createAdminAccount(app: TestApp, username: string): Promise<void> {
  const outcome = await createAdmin(app.services, { username, password: async () => password })
  if (!outcome.ok) throw new Error(`No admin ${username}: ${outcome.failure.reason}`)
}

function withCookie(
  app: TestApp,
  username: string,
  { text, cookies: [cookie] }: Awaited<ReturnType<typeof post>>,
): CookieActor {
  if (cookie === undefined) throw new Error(`${username} got no session: ${text}`)
  // Sound: by the contract, a response that sets the cookie has this body.
  const { result } = JSON.parse(text) as { result: { data: SignedIn } }
  return actorWithCookie(app, { username, cookie, id: result.data.user.id })
}

/** Returns an actor whose client sends its cookie and ignores new ones. */
export function actorWithCookie(app: TestApp, fields: Omit<CookieActor, 'api'>): CookieActor {
  const fetchWithCookie: typeof fetch = (input, init) => {
    const headers = new Headers(init?.headers)
    headers.set('cookie', actor.cookie)
    return fetch(input, { ...init, headers })
  }
  const actor = { ...fields, api: app.newClient({ fetch: fetchWithCookie }) }
  return actor
}
