import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { askForNewPasskey, askForPasskey, registerPasskey } from '../support/cookie-passkeys.ts'
import { newAuthenticator } from '../support/passkeys.ts'
import { post, reasonIn } from '../support/raw-call.ts'

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Values that a field of a credential may be replaced by; `undefined` leaves it out. */
const wrongValues: readonly unknown[] = [
  undefined,
  null,
  '',
  0,
  1e300,
  true,
  [],
  {},
  'not base64url!',
  'AAA=',
  'A'.repeat(5),
  'A'.repeat(20_000),
  '\u0000',
  '\uD800',
  '__proto__',
  base64url(null),
  base64url([]),
  base64url({}),
  base64url({ type: 'webauthn.get', challenge: null, origin: [] }),
  base64url({ type: 'webauthn.create', challenge: 'AAAA', origin: 'http://localhost' }),
]

/** Replaces one field, at any depth, by each wrong value. */
function* damaged(value: object, path: string[] = []): Generator<{ where: string; value: object }> {
  for (const [key, inner] of Object.entries(value) as [string, unknown][]) {
    for (const wrong of wrongValues) {
      yield {
        where: [...path, key, String(JSON.stringify(wrong)).slice(0, 40)].join('.'),
        value: { ...value, [key]: wrong },
      }
    }
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) continue
    for (const deeper of damaged(inner, [...path, key])) {
      yield { where: deeper.where, value: { ...value, [key]: deeper.value } }
    }
  }
}

/** Calls with a right credential and with each damaged one. */
async function reasonsOf(
  app: TestApp,
  { path, cookie, wrap }: { path: string; cookie: string; wrap: (response: unknown) => object },
  genuine: object,
): Promise<Set<string>> {
  const reasons = new Set<string>()
  const shapes = [...wrongValues.map((value) => ({ where: String(value), value })), ...damaged(genuine)]
  for (const { where, value } of shapes) {
    const answer = await post(app.url, path, wrap(value), cookie)
    const reason = reasonIn(answer) ?? 'ok'
    expect(['INVALID_INPUT', 'PASSKEY_INVALID'], `${path} ${where}: ${answer.text}`).toContain(reason)
    expect(answer.cookies.filter((line) => line.startsWith('session'))).toEqual([])
    reasons.add(reason)
  }
  return reasons
}

test('passkeys: malformed registrations are refused plainly, and add nothing', async () => {
  await using app = await testApp({ settings: { limits: 'relaxed' } })
  const ada = await newUser(app)
  const genuine = newAuthenticator(app).create(await askForNewPasskey(app, ada))
  // Transports are a hint for the browser: these may be missing or odd.
  const { transports: _hint, ...response } = genuine.response
  const { cookie } = ada
  const call = { path: 'passkeys.register', cookie, wrap: (wrong: unknown) => ({ response: wrong }) }
  const reasons = await reasonsOf(app, call, { ...genuine, response })
  expect(reasons).toEqual(new Set(['INVALID_INPUT', 'PASSKEY_INVALID']))
  expect(await ada.api.passkeys.list.query()).toEqual([])
  expect((await post(app.url, call.path, { response: genuine }, cookie)).status).toBe(200)
})

test('passkeys: malformed answers log no user in', async () => {
  await using app = await testApp({ settings: { limits: 'relaxed' } })
  const ada = await newUser(app)
  const { authenticator } = await registerPasskey(app, ada)

  const browser = { cookie: '' }
  const genuine = authenticator.get(await askForPasskey(app, browser, 'login'))
  const wrap = (response: unknown) => ({ response })
  const call = { path: 'auth.passkeyLogin', cookie: browser.cookie, wrap }
  const reasons = await reasonsOf(app, call, genuine)
  expect(reasons).toEqual(new Set(['INVALID_INPUT', 'PASSKEY_INVALID']))
  expect((await post(app.url, call.path, { response: genuine }, browser.cookie)).status).toBe(200)
})

test('passkeys: malformed answers confirm no session', async () => {
  await using app = await testApp({ settings: { limits: 'relaxed' } })
  const ada = await newUser(app)
  const { authenticator } = await registerPasskey(app, ada)
  const answer = authenticator.get(await askForPasskey(app, ada, 'elevation'))
  // Here it may be missing.
  const { userHandle: _handle, ...response } = answer.response
  const { cookie } = ada
  const wrap = (wrong: unknown) => ({ method: 'passkey', response: wrong })
  const reasons = await reasonsOf(app, { path: 'auth.elevate', cookie, wrap }, { ...answer, response })
  expect(reasons).toEqual(new Set(['INVALID_INPUT', 'PASSKEY_INVALID']))
})

test('passkeys: unknown fields of a browser or password manager do not matter', async () => {
  await using app = await testApp()
  const ada = await newUser(app)
  const created = newAuthenticator(app).create(await askForNewPasskey(app, ada))
  const response = {
    ...created,
    authenticatorAttachment: null,
    clientExtensionResults: { credProps: { rk: true } },
    response: { ...created.response, publicKey: 'AAAA', publicKeyAlgorithm: -7, fromTheFuture: {} },
  }
  expect((await post(app.url, 'passkeys.register', { response }, ada.cookie)).status).toBe(200)
})
