import type {
  AssertionResponse,
  PasskeyCreationOptions,
  PasskeyRequestOptions,
  RegistrationResponse,
} from '@app/contract'
import type { Deviation, SoftwareAuthenticator } from '@app/router/testing'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newAuthenticator } from './passkeys.ts'
import { post } from './raw-call.ts'
import type { RawAnswer } from './raw-call.ts'

// Passkeys for tests that read raw answers and keep the cookies of a browser themselves.

/** A browser; its cookies change with the answers. */
interface Browser {
  cookie: string
}

/** Replaces the cookies that an answer sets. */
export function keepCookies(browser: Browser, { cookies }: Pick<RawAnswer, 'cookies'>): void {
  const kept = browser.cookie.split('; ').filter((pair) => pair !== '')
  const named = new Map([...kept, ...cookies].map((pair) => [pair.split('=', 1)[0], pair]))
  browser.cookie = [...named.values()].join('; ')
}

/** Asks for the answer of a passkey. */
export async function askForPasskey(
  app: TestApp,
  browser: Browser,
  purpose: 'login' | 'second-factor' | 'elevation',
): Promise<PasskeyRequestOptions> {
  return optionsOf<PasskeyRequestOptions>(app, browser, { path: 'auth.passkeyOptions', input: { purpose } })
}

/** Asks for a new passkey. The browser's session must be in its sudo period. */
export async function askForNewPasskey(app: TestApp, browser: Browser): Promise<PasskeyCreationOptions> {
  return optionsOf<PasskeyCreationOptions>(app, browser, { path: 'passkeys.options', input: {} })
}

/** Adds a passkey to the account of a browser, which gets a new session token. */
export async function registerPasskey(
  app: TestApp,
  browser: Browser,
  authenticator: SoftwareAuthenticator = newAuthenticator(app),
  deviation: Deviation = {},
): Promise<{ authenticator: SoftwareAuthenticator; id: string }> {
  const response = authenticator.create(await askForNewPasskey(app, browser), deviation)
  const answer = await post(app.url, 'passkeys.register', { response }, browser.cookie)
  keepCookies(browser, answer)
  const { id } = dataOf<{ passkey: { id: string } }>(answer).passkey
  return { authenticator, id }
}

/** Makes a passkey that is not registered yet. */
export async function newRegistration(
  app: TestApp,
  browser: Browser,
  deviation: Deviation = {},
): Promise<RegistrationResponse> {
  return newAuthenticator(app).create(await askForNewPasskey(app, browser), deviation)
}

/** Makes the answer of a passkey that was never registered, to a challenge that was never issued. */
export function unknownAssertion(app: TestApp): AssertionResponse {
  const authenticator = newAuthenticator(app)
  const challenge = 'A'.repeat(120)
  const shared = { challenge, timeout: 60_000 }
  authenticator.create({
    ...shared,
    rp: { id: 'localhost', name: '' },
    user: { id: 'AAAA', name: '', displayName: '' },
    pubKeyCredParams: [],
    excludeCredentials: [],
    authenticatorSelection: {
      residentKey: 'required',
      requireResidentKey: true,
      userVerification: 'required',
    },
    attestation: 'none',
  })
  return authenticator.get({ ...shared, rpId: 'localhost', userVerification: 'required' })
}

async function optionsOf<T>(
  app: TestApp,
  browser: Browser,
  { path, input }: { path: string; input: object },
): Promise<T> {
  const answer = await post(app.url, path, input, browser.cookie)
  keepCookies(browser, answer)
  return dataOf<T>(answer)
}

function dataOf<T>({ status, text }: RawAnswer): T {
  if (status !== 200) throw new Error(text)
  // Sound: by the contract, the answer of a call that succeeded.
  return (JSON.parse(text) as { result: { data: T } }).result.data
}
