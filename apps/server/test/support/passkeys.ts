import type { Client } from '@app/client'
import { createAuthenticator } from '@app/router/testing'
import type { AuthenticatorOptions, Deviation, SoftwareAuthenticator } from '@app/router/testing'
import type { TestApp } from '../../src/testing/test-app.ts'

/** An authenticator without passkeys, at a page of the server. */
export function newAuthenticator(
  app: TestApp,
  options: Partial<AuthenticatorOptions> = {},
): SoftwareAuthenticator {
  return createAuthenticator({ origin: app.services.publicUrl(), ...options })
}

/** Adds a passkey to the account of a client in its sudo period. The session rises to level 2. */
export async function addPasskey(
  { api }: { api: Client },
  authenticator: SoftwareAuthenticator,
  {
    deviation,
    ...more
  }: { name?: string; endOtherSessions?: boolean; deviation?: Deviation | undefined } = {},
) {
  const options = await api.passkeys.options.mutate()
  return api.passkeys.register.mutate({ response: authenticator.create(options, deviation), ...more })
}

/** Logs in by a passkey alone. */
export async function logInByPasskey(
  api: Client,
  authenticator: SoftwareAuthenticator,
  deviation?: Deviation,
) {
  const options = await api.auth.passkeyOptions.mutate()
  return api.auth.passkeyLogin.mutate({ response: authenticator.get(options, deviation) })
}

/** Finishes a log-in by password. */
export async function finishByPasskey(
  api: Client,
  authenticator: SoftwareAuthenticator,
  deviation?: Deviation,
) {
  const options = await api.auth.passkeyOptions.mutate({ purpose: 'second-factor' })
  const response = authenticator.get(options, deviation)
  return api.auth.secondFactor.mutate({ method: 'passkey', response })
}

/** Confirms a session. */
export async function elevateByPasskey(
  api: Client,
  authenticator: SoftwareAuthenticator,
  deviation?: Deviation,
) {
  const options = await api.auth.passkeyOptions.mutate({ purpose: 'elevation' })
  const response = authenticator.get(options, deviation)
  return api.auth.elevate.mutate({ method: 'passkey', response })
}
