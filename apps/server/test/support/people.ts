import type { Client } from '@app/client'
import { signupInput } from '@app/contract/testing'
import { createAdministrator } from '@app/router'
import type { TestApp } from '../../src/testing/test-app.ts'

/** Somebody who is signed in on a device of their own. */
export interface Person {
  api: Client
  id: string
}

export const password = 'correct horse battery'

/** A well-formed id of nothing. */
export const unknownId = '01977e3c-0000-7000-8000-000000000000'

export async function signUp(
  app: TestApp,
  username: string,
  more: { name?: string; email?: string } = {},
): Promise<Person> {
  const api = app.newClient()
  const { user } = await api.auth.signup.mutate(signupInput({ username, password, ...more }))
  return { api, id: user.id }
}

/** Made as the command line makes one, then logged in. */
export async function administrator(app: TestApp, username: string): Promise<Person> {
  const outcome = await createAdministrator(app.services, { username, password: async () => password })
  if (!outcome.ok) throw new Error(`No administrator ${username}: ${outcome.failure.reason}`)
  const api = app.newClient()
  const { user } = await api.auth.login.mutate({ username, password })
  return { api, id: user.id }
}
