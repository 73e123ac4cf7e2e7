import { failureText, rateLimits } from '@app/contract'
import { addressKey } from '@app/router'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser, signUp } from '../support/actors.ts'
import { auditRows } from '../support/audit-rows.ts'
import { givePasskey } from '../support/give-passkey.ts'
import { giveIdentity } from '../support/identities.ts'
import { addPasskey, logInByPasskey, newAuthenticator } from '../support/passkeys.ts'
import { failure, post, reasonIn } from '../support/raw-call.ts'

test.each([
  ['https://192.0.2.7', 'Browsers do not allow passkeys at an IP address. They need a host name.'],
  ['http://accounts.example.org', 'Browsers do not allow passkeys without https.'],
])('passkeys: at %s every call says why they do not work', async (publicUrl, sentence) => {
  await using app = await testApp({ host: { publicUrl } })
  const ada = await signUp(app, 'ada')
  await using usual = await testApp()
  const bob = await signUp(usual, 'bob')
  const authenticator = newAuthenticator(usual)
  const created = authenticator.create(await bob.api.passkeys.options.mutate())
  const assertion = authenticator.get(await bob.api.auth.passkeyOptions.mutate())
  const refusals = await Promise.all([
    failure(ada.api.passkeys.options.mutate()),
    failure(ada.api.passkeys.register.mutate({ response: created })),
    failure(ada.api.auth.passkeyOptions.mutate()),
    failure(ada.api.auth.passkeyLogin.mutate({ response: assertion })),
  ])
  for (const refused of refusals) {
    expect(refused).toMatchObject({ reason: 'PASSKEYS_UNAVAILABLE' })
    expect(refused && failureText(refused)).toBe(sentence)
  }
  expect(await app.api.auth.options.query()).toMatchObject({ passkeyOrigin: null })
  // The list and the removal work, for passkeys of an earlier address.
  expect(await ada.api.passkeys.list.query()).toEqual([])
})

test('passkeys: where PUBLIC_URL is 127.0.0.1, they work at localhost, which the options name', async () => {
  await using app = await testApp({ host: { publicUrl: 'http://127.0.0.1:8087' } })
  const ada = await signUp(app, 'ada')
  const { passkeyOrigin } = await app.api.auth.options.query()
  expect(passkeyOrigin).toBe('http://localhost:8087')
  const refused = newAuthenticator(app)
  expect(await failure(addPasskey(ada, refused))).toEqual({ reason: 'PASSKEY_INVALID' })
  const authenticator = newAuthenticator(app, { origin: 'http://localhost:8087' })
  await addPasskey(ada, authenticator)
  await logInByPasskey(app.newClient(), authenticator)
})

test.each([
  ['http://accounts.example.org', 'LAST_WAY_IN'],
  ['https://accounts.example.org', undefined],
])('passkeys: at %s the removal of the last identity has the reason %s', async (publicUrl, reason) => {
  await using app = await testApp({ host: { publicUrl } })
  const caller = await newUser(app)
  await givePasskey(app, caller.id)
  const id = await giveIdentity(app, caller.id)
  app.services.settings.passwordLogin = 'off'
  expect(reasonIn(await post(app.url, 'identities.unlink', { id }, caller.cookie))).toBe(reason)
})

test('passkeys: the site is that of PUBLIC_URL, whatever the request says', async () => {
  await using app = await testApp({ host: { publicUrl: 'https://accounts.example.org', trustProxy: 1 } })
  expect(await app.api.auth.options.query()).toMatchObject({
    passkeyOrigin: 'https://accounts.example.org',
  })
  const answer = await fetch(`${app.url}/trpc/auth.passkeyOptions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-forwarded-host': 'example.com',
      'x-forwarded-proto': 'http',
      forwarded: 'host=example.com',
    },
    body: '{}',
  })
  expect(await answer.json()).toMatchObject({ result: { data: { rpId: 'accounts.example.org' } } })
})

test('passkeys: log-ins of an address and of a network have their own limits', async () => {
  await using app = await testApp({ host: { trustProxy: 1 } })
  const { consume } = app.services.rateLimits
  const { points } = rateLimits.passkeyLoginsPerAddress
  await consume('passkeyLoginsPerAddress', addressKey('192.0.2.1'), points)
  await consume('passkeyLoginsPerNetwork', '198.51.100', rateLimits.passkeyLoginsPerNetwork.points)
  const statusOf = async (address: string) => {
    return (await post(app.url, 'auth.passkeyLogin', {}, undefined, address)).status
  }
  expect(await statusOf('192.0.2.1')).toBe(429)
  expect(await statusOf('198.51.100.7')).toBe(429)
  expect(await statusOf('192.0.2.2')).toBe(400)
})

test('passkeys: failures of an address are written up to a limit, and never lock a user out', async () => {
  await using app = await testApp()
  const ada = await signUp(app, 'ada')
  const authenticator = newAuthenticator(app)
  await addPasskey(ada, authenticator)
  const { points } = rateLimits.passkeyFailuresPerAddress
  await app.services.rateLimits.consume('passkeyFailuresPerAddress', addressKey('127.0.0.1'), points - 1)
  for (let turn = 0; turn < 3; turn += 1) {
    const login = logInByPasskey(app.newClient(), authenticator, { hasBogusSignature: true })
    expect(await failure(login)).toEqual({ reason: 'PASSKEY_INVALID' })
  }
  const failed = (await auditRows(app)).filter(({ event }) => event === 'login-failed')
  expect(failed).toMatchObject([{ subject: ada.id, actor_kind: 'anonymous', detail: '{"method":"passkey"}' }])
  await logInByPasskey(app.newClient(), authenticator)
})
