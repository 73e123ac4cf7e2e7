import type { PasskeyCreationOptions } from '@app/contract'
import { createAuthenticator } from '@app/router/testing'
import { signup } from './growth-calls.ts'
import type { GrowthClient } from './growth-client.ts'

/** Signs a user up who registers a passkey and so gets recovery codes. @returns the cookie of the session */
export async function signUpWithPasskey(
  { call, port }: GrowthClient,
  { username }: { username: string },
): Promise<string> {
  const { cookie } = await call(signup(username))
  const { text, cookie: challenge } = await call({ procedure: 'passkeys.options', cookie })
  // Sound: the procedure returns this type.
  const { result } = JSON.parse(text) as { result: { data: PasskeyCreationOptions } }
  const authenticator = createAuthenticator({ origin: `http://localhost:${port}` })
  const input = { response: authenticator.create(result.data) }
  const registered = await call({
    procedure: 'passkeys.register',
    input,
    cookie: `${cookie}; ${challenge}`,
  })
  return registered.cookie
}
