import { expect } from 'vitest'
import type { TestApp } from '../../src/testing/test-app.ts'
import { password, signUp } from './actors.ts'
import { addPasskey, newAuthenticator } from './passkeys.ts'

/** A user with one passkey, and the authenticator that has it. */
export async function withPasskey(app: TestApp, username: string, options: { isSynced?: boolean } = {}) {
  const user = await signUp(app, username)
  const authenticator = newAuthenticator(app, options)
  const { passkey } = await addPasskey(user, authenticator)
  return { ...user, authenticator, passkey }
}

/** Starts a log-in that waits for its second step. */
export async function pendingLogin(app: TestApp, username: string) {
  const api = app.newClient()
  const result = await api.auth.login.mutate({ username, password })
  expect(result).toEqual({ status: 'second-factor', methods: ['passkey', 'recovery'] })
  expect(await api.auth.session.query()).toBeNull()
  return api
}
