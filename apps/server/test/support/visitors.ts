import { randomBytes } from 'node:crypto'
import type { SignedIn } from '@app/contract'
import { signupInput } from '@app/contract/testing'
import { createAdministrator } from '@app/router'
import type { TestApp } from '../../src/testing/test-app.ts'
import { password } from './people.ts'
import type { Person } from './people.ts'
import { post } from './raw-call.ts'

/** Somebody who is signed in, with the cookie in hand: for tests that look at whole answers. */
export interface Visitor extends Person {
  username: string
  /** The session's cookie as it was given at the log-in. */
  cookie: string
}

/** A user name that nobody has. */
export function freshName(): string {
  return `visitor-${randomBytes(6).toString('hex')}`
}

export async function newUser(app: TestApp): Promise<Visitor> {
  const username = freshName()
  return enter(app, username, await post(app.url, 'auth.signup', signupInput({ username, password })))
}

export async function newAdministrator(app: TestApp): Promise<Visitor> {
  const username = freshName()
  const made = await createAdministrator(app.services, { username, password: async () => password })
  if (!made.ok) throw new Error(`No administrator ${username}: ${made.failure.reason}`)
  return enter(app, username, await post(app.url, 'auth.login', { username, password }))
}

function enter(
  app: TestApp,
  username: string,
  { text, cookies: [cookie] }: Awaited<ReturnType<typeof post>>,
): Visitor {
  if (cookie === undefined) throw new Error(`${username} was not let in: ${text}`)
  const withCookie: typeof fetch = (input, init) => {
    const headers = new Headers(init?.headers)
    headers.set('cookie', cookie)
    return fetch(input, { ...init, headers })
  }
  // Sound: whoever got a cookie got this answer, by the contract.
  const { result } = JSON.parse(text) as { result: { data: SignedIn } }
  return { username, cookie, id: result.data.user.id, api: app.newClient({ fetch: withCookie }) }
}
