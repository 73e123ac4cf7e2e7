import { sudoWindowMs } from '@app/contract'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { addAdmin, password, signUp } from '../support/actors.ts'
import { eventsOf } from '../support/audit-rows.ts'
import { addAuthenticator } from '../support/authenticator.ts'
import { logInByLink, requestReset, resetsIn, secretIn } from '../support/new-factor-reset.ts'
import { addPasskey, newAuthenticator } from '../support/passkeys.ts'
import { failure } from '../support/raw-call.ts'
import { lowerSessions } from '../support/second-factor.ts'

const hourMs = 3_600_000
const weekMs = 7 * 24 * hourMs
const login = { username: 'ada', password }

describeOnEach('the end of a factor reset', (databaseKind) => {
  test('factor reset: a log-in or a confirmation with a factor cancels it, and so does the user', async () => {
    await using app = await testApp({ databaseKind })
    const root = await addAdmin(app, 'root')
    const ada = await signUp(app, 'ada')
    const phone = await addAuthenticator(app, ada)
    const ways = {
      'log-in': async () => {
        const api = app.newClient()
        await api.auth.login.mutate(login)
        await api.auth.secondFactor.mutate({ method: 'otp', code: phone.nextCode() })
      },
      confirmation: () =>
        ada.api.auth.elevate.mutate({ method: 'recovery', code: phone.recoveryCodes?.[0] ?? '' }),
      'the user': () => ada.api.account.cancelFactorReset.mutate(),
    }
    for (const [way, cancel] of Object.entries(ways)) {
      const secret = await requestReset(root, ada.id)
      const written = await eventsOf(app, cancel)
      expect([way, written]).toEqual([way, expect.arrayContaining(['factor-reset-cancelled'])])
      expect(await resetsIn(app)).toEqual([])
      expect((await logInByLink(app, secret, login)).failed).toEqual({ reason: 'LINK_INVALID' })
    }
    // Without a reset it succeeds too, and writes nothing.
    expect(await eventsOf(app, ways['the user'])).toEqual([])
  })

  test('factor reset: a new factor and the removal of the last one end it, so no later factor is lost', async () => {
    await using app = await testApp({ databaseKind, settings: { factorResetDelayMs: hourMs } })
    const root = await addAdmin(app, 'root')
    const ada = await signUp(app, 'ada')
    await addAuthenticator(app, ada)
    await root.api.users.resetFactors.mutate({ id: ada.id })
    const written = await eventsOf(app, () => addPasskey(ada, newAuthenticator(app)))
    expect(written).toEqual(expect.arrayContaining(['factor-reset-cancelled', 'passkey-added']))
    expect(await resetsIn(app)).toEqual([])

    await ada.api.totp.remove.mutate()
    await root.api.users.resetFactors.mutate({ id: ada.id })
    const confirmed = await eventsOf(app, () => addAuthenticator(app, ada))
    expect(confirmed).toEqual(expect.arrayContaining(['factor-reset-cancelled', 'totp-added']))
    expect(await resetsIn(app)).toEqual([])

    const [passkey] = await ada.api.passkeys.list.query()
    await ada.api.passkeys.remove.mutate({ id: passkey?.id ?? '' })
    const secret = await requestReset(root, ada.id)
    await ada.api.totp.remove.mutate()
    expect(await resetsIn(app)).toEqual([])
    await addAuthenticator(app, ada)
    app.clock.advance(2 * hourMs)
    expect((await logInByLink(app, secret, login)).failed).toEqual({ reason: 'LINK_INVALID' })
  })

  test('factor reset: ends a week after it took effect, and can be requested again', async () => {
    await using app = await testApp({ databaseKind, settings: { factorResetDelayMs: hourMs } })
    const root = await addAdmin(app, 'root')
    const ada = await signUp(app, 'ada')
    await addAuthenticator(app, ada)
    const first = await requestReset(root, ada.id)
    app.clock.advance(hourMs + weekMs)
    expect((await logInByLink(app, first, login)).failed).toEqual({ reason: 'LINK_INVALID' })
    await root.api.auth.login.mutate({ username: 'root', password })
    const { link, effectiveAt } = await root.api.users.resetFactors.mutate({ id: ada.id })
    expect(effectiveAt).toBe(new Date(app.clock.now() + hourMs).toISOString())
    app.clock.advance(hourMs + weekMs - 1)
    expect((await logInByLink(app, secretIn(link), login)).failed).toBeUndefined()
  })
})

test('factor reset: cancelling needs a recent authentication at the highest level', async () => {
  await using app = await testApp({ settings: { factorResetDelayMs: hourMs } })
  const root = await addAdmin(app, 'root')
  const ada = await signUp(app, 'ada')
  const phone = await addAuthenticator(app, ada)
  const stolen = app.newClient()
  await stolen.auth.login.mutate(login)
  await stolen.auth.secondFactor.mutate({ method: 'otp', code: phone.nextCode() })
  await requestReset(root, ada.id)
  const cancel = () => failure(stolen.account.cancelFactorReset.mutate())
  app.clock.advance(sudoWindowMs + 1)
  expect(await cancel()).toMatchObject({ reason: 'REAUTH_REQUIRED' })
  // As a session from before the second factor.
  await lowerSessions(app, ada.id)
  expect(await failure(stolen.auth.elevate.mutate({ password }))).toMatchObject({ reason: 'REAUTH_REQUIRED' })
  expect(await cancel()).toEqual({ reason: 'REAUTH_REQUIRED', methods: ['otp', 'recovery'] })
  expect(await resetsIn(app)).toHaveLength(1)
})

test('factor reset: a wrong password or a wrong code neither applies nor cancels it', async () => {
  await using app = await testApp({ settings: { factorResetDelayMs: hourMs } })
  const root = await addAdmin(app, 'root')
  const ada = await signUp(app, 'ada')
  const phone = await addAuthenticator(app, ada)
  await requestReset(root, ada.id)
  const api = app.newClient()
  await api.auth.login.mutate(login)
  await failure(api.auth.secondFactor.mutate({ method: 'otp', code: phone.wrongCode() }))
  app.clock.advance(hourMs)
  await failure(api.auth.login.mutate({ ...login, password: 'wrong' }))
  expect(await resetsIn(app)).toHaveLength(1)
  expect(await app.services.db.read.selectFrom('factors').selectAll().execute()).toHaveLength(2)
})
