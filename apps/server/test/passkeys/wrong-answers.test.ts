import type { Deviation } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { pendingLogin, withPasskey } from '../support/passkey-users.ts'
import { elevateByPasskey, finishByPasskey, logInByPasskey } from '../support/passkeys.ts'
import { failure } from '../support/raw-call.ts'

const invalid = { reason: 'PASSKEY_INVALID' }

const wrong: [string, Deviation][] = [
  ['another origin', { origin: 'https://example.org' }],
  ['another port', { origin: 'http://localhost:1' }],
  ['another site', { rpId: 'example.org' }],
  ['no user presence', { isUserPresent: false }],
  ['no user verification', { isUserVerified: false }],
  ['another ceremony', { type: 'webauthn.create' }],
  ['a frame of another site', { crossOrigin: true }],
  ['a bogus signature', { hasBogusSignature: true }],
  ['another user', { userHandle: 'A'.repeat(22) }],
  ['a challenge that was never issued', { challenge: 'A'.repeat(120) }],
  ['a backup that it cannot have', { isBackedUp: true }],
]

test.each(wrong)('passkeys: an answer with %s logs no user in', async (_, deviation) => {
  await using app = await testApp()
  const ada = await withPasskey(app, 'ada')
  const api = app.newClient()
  expect(await failure(logInByPasskey(api, ada.authenticator, deviation))).toEqual(invalid)
  expect(await api.auth.session.query()).toBeNull()

  const pending = await pendingLogin(app, 'ada')
  expect(await failure(finishByPasskey(pending, ada.authenticator, deviation))).toEqual(invalid)
  expect(await pending.auth.session.query()).toBeNull()

  app.clock.advance(11 * 60_000)
  expect(await failure(elevateByPasskey(ada.api, ada.authenticator, deviation))).toEqual(invalid)
  expect(await failure(ada.api.passkeys.options.mutate())).toMatchObject({ reason: 'REAUTH_REQUIRED' })
})

test('passkeys: a log-in alone needs the user handle, a second step does not', async () => {
  await using app = await testApp()
  const ada = await withPasskey(app, 'ada')
  const withoutHandle = { userHandle: null }
  expect(await failure(logInByPasskey(app.newClient(), ada.authenticator, withoutHandle))).toEqual(invalid)
  await finishByPasskey(await pendingLogin(app, 'ada'), ada.authenticator, withoutHandle)
})

test("passkeys: another user's passkey finishes no log-in and confirms no session", async () => {
  await using app = await testApp()
  const ada = await withPasskey(app, 'ada')
  const bob = await withPasskey(app, 'bob')
  const pending = await pendingLogin(app, 'ada')
  const options = await pending.auth.passkeyOptions.mutate({ purpose: 'second-factor' })
  const { allowCredentials: _, ...open } = options
  for (const userHandle of [undefined, null, 'A'.repeat(22)]) {
    const deviation = userHandle === undefined ? {} : { userHandle }
    const response = bob.authenticator.get(open, deviation)
    const finish = pending.auth.secondFactor.mutate({ method: 'passkey', response })
    expect(await failure(finish)).toEqual(invalid)
  }
  const { challenge, rpId, timeout, userVerification } = await ada.api.auth.passkeyOptions.mutate({
    purpose: 'elevation',
  })
  const response = bob.authenticator.get({ challenge, rpId, timeout, userVerification })
  expect(await failure(ada.api.auth.elevate.mutate({ method: 'passkey', response }))).toEqual(invalid)
})

test('passkeys: an answer is worth nothing for another purpose, session or browser, or too late', async () => {
  await using app = await testApp()
  const ada = await withPasskey(app, 'ada')
  const pending = await pendingLogin(app, 'ada')
  const challenges = {
    register: (await ada.api.passkeys.options.mutate()).challenge,
    elevation: (await ada.api.auth.passkeyOptions.mutate({ purpose: 'elevation' })).challenge,
    login: (await ada.api.auth.passkeyOptions.mutate()).challenge,
  }
  for (const purpose of ['register', 'elevation'] as const) {
    const deviation = { challenge: challenges[purpose] }
    expect([purpose, await failure(logInByPasskey(ada.api, ada.authenticator, deviation))]).toEqual([
      purpose,
      invalid,
    ])
  }
  for (const purpose of ['register', 'login'] as const) {
    const deviation = { challenge: challenges[purpose] }
    expect([purpose, await failure(elevateByPasskey(ada.api, ada.authenticator, deviation))]).toEqual([
      purpose,
      invalid,
    ])
  }
  for (const purpose of ['register', 'elevation', 'login'] as const) {
    const deviation = { challenge: challenges[purpose] }
    expect([purpose, await failure(finishByPasskey(pending, ada.authenticator, deviation))]).toEqual([
      purpose,
      invalid,
    ])
  }
  // In the browser that asked, the same challenge works until it expires.
  const late = ada.authenticator.get(await pending.auth.passkeyOptions.mutate())
  app.clock.advance(5 * 60_000)
  expect(await failure(pending.auth.passkeyLogin.mutate({ response: late }))).toEqual(invalid)
  const inTime = ada.authenticator.get(await pending.auth.passkeyOptions.mutate())
  app.clock.advance(5 * 60_000 - 1)
  const elsewhere = app.newClient()
  await elsewhere.auth.passkeyOptions.mutate()
  expect(await failure(elsewhere.auth.passkeyLogin.mutate({ response: inTime }))).toEqual(invalid)
  await pending.auth.passkeyLogin.mutate({ response: inTime })
  // And once.
  expect(await failure(pending.auth.passkeyLogin.mutate({ response: inTime }))).toEqual(invalid)
})
