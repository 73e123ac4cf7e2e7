import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { actorWithCookie, newUser, password, signUp } from '../support/actors.ts'
import { auditRows, eventsOf } from '../support/audit-rows.ts'
import { addAuthenticator, authenticatorOf, enrollInDatabase } from '../support/authenticator.ts'
import { addPasskey, newAuthenticator } from '../support/passkeys.ts'
import { failure } from '../support/raw-call.ts'
import { expectWinners, inParallel, serverPair, tally } from '../support/server-pair.ts'

const minuteMs = 60_000

describeOnEach('totp enrollment', (databaseKind) => {
  test('totp enrollment: is active after the first right code, and raises the session to level 2', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada')
    const enrollment = await ada.api.totp.enroll.mutate()
    expect(enrollment).toEqual({
      secret: expect.stringMatching(/^[A-Z2-7]{32}$/),
      uri: expect.stringMatching(/^otpauth:\/\/totp\/[^:]+:ada\?/),
      expiresAt: new Date(app.clock.now() + 10 * minuteMs).toISOString(),
    })
    const phone = authenticatorOf(app, enrollment.secret)
    const wrong = ada.api.totp.confirm.mutate({ code: phone.wrongCode() })
    expect(await failure(wrong)).toEqual({ reason: 'CODE_INVALID' })
    // Half an enrollment changes no log-in.
    const other = app.newClient()
    expect(await other.auth.login.mutate({ username: 'ada', password })).toMatchObject({
      status: 'signed-in',
    })
    app.clock.advance(1)

    const written = await eventsOf(app, async () => {
      const confirmed = await ada.api.totp.confirm.mutate({ code: phone.nextCode() })
      expect(confirmed).toEqual({ recoveryCodes: expect.any(Array), endedSessions: 1 })
      expect(confirmed.recoveryCodes).toHaveLength(10)
    })
    expect(written.toSorted()).toEqual(['recovery-codes-created', 'totp-added'])
    expect(await other.auth.session.query()).toBeNull()
    expect(await ada.api.auth.session.query()).toMatchObject({
      session: { level: 2, methods: ['pwd', 'otp'] },
    })
    // The call that needs a second factor works without another code.
    expect(await ada.api.recoveryCodes.regenerate.mutate()).toMatchObject({ codes: expect.any(Array) })
  })

  test('totp enrollment: 16 confirmations at once add one authenticator app', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada')
    const { secret } = await ada.api.totp.enroll.mutate()
    const code = authenticatorOf(app, secret).code()
    const results = await inParallel(() => failure(ada.api.totp.confirm.mutate({ code })), 16)
    expectWinners(results, 1, ['NOT_FOUND', 'SESSION_EXPIRED', 'FACTOR_EXISTS', 'UNAVAILABLE'])
    const factors = await app.services.db.read.selectFrom('factors').select('kind').orderBy('kind').execute()
    expect(factors).toEqual([{ kind: 'recovery' }, { kind: 'totp' }])
    expect(await app.services.db.read.selectFrom('totp_enrollments').selectAll().execute()).toEqual([])
  })

  test('totp enrollment: ends with the fifth wrong code, also of 100 at once in two servers', async () => {
    await using servers = await serverPair(databaseKind, { limits: 'relaxed' })
    const { first: app } = servers
    const ada = await newUser(app)
    const atSecond = actorWithCookie(servers.at(1), ada)
    const { secret } = await ada.api.totp.enroll.mutate()
    const phone = authenticatorOf(app, secret)
    const results = await inParallel(async (index) => {
      const { api } = index % 2 === 0 ? ada : atSecond
      return (await failure(api.totp.confirm.mutate({ code: phone.wrongCode(index) })))?.reason ?? 'ok'
    }, 100)
    expect(tally(results)).toMatchObject({ CODE_INVALID: 5 })
    expect(new Set(results)).not.toContain('ok')
    expect(await failure(ada.api.totp.confirm.mutate({ code: phone.code() }))).toEqual({
      reason: 'NOT_FOUND',
    })
    expect((await auditRows(app)).filter(({ event }) => event === 'second-factor-failed')).toHaveLength(5)
    // A new enrollment has five tries again.
    expect(await addAuthenticator(app, ada)).toMatchObject({ recoveryCodes: expect.any(Array) })
  })
})

test('totp enrollment: ends after 10 minutes, and a newer one replaces it', async () => {
  await using app = await testApp()
  const { api } = await signUp(app, 'ada')
  const confirm = (secret: string) =>
    failure(api.totp.confirm.mutate({ code: authenticatorOf(app, secret).code() }))
  expect(await failure(api.totp.confirm.mutate({ code: '123456' }))).toEqual({ reason: 'NOT_FOUND' })
  const first = await api.totp.enroll.mutate()
  const second = await api.totp.enroll.mutate()
  expect(second.secret).not.toBe(first.secret)
  expect(await confirm(first.secret)).toEqual({ reason: 'CODE_INVALID' })
  app.clock.advance(10 * minuteMs)
  expect(await confirm(second.secret)).toEqual({ reason: 'NOT_FOUND' })
  // One that was made while the clock was ahead.
  await api.totp.enroll.mutate()
  app.clock.advance(-2 * minuteMs)
  expect(await confirm(second.secret)).toEqual({ reason: 'NOT_FOUND' })
})

describeOnEach('expired totp enrollments', (databaseKind) => {
  test('totp enrollment: a new one deletes up to ten expired ones of other users', async () => {
    await using app = await testApp({ databaseKind, settings: { limits: 'relaxed' } })
    const [ada, eve] = [await signUp(app, 'ada'), await signUp(app, 'eve')]
    const users = await inParallel(() => newUser(app), 11)
    for (const user of users) await enrollInDatabase(app, user)
    app.clock.advance(5 * minuteMs)
    await eve.api.totp.enroll.mutate()
    app.clock.advance(5 * minuteMs)
    await ada.api.totp.enroll.mutate()
    const rows = await app.services.db.read.selectFrom('totp_enrollments').select('user_id').execute()
    expect(rows.map((row) => row.user_id)).toEqual(expect.arrayContaining([ada.id, eve.id]))
    expect(rows).toHaveLength(3)
  })
})

test('totp enrollment: a secret from before another factor raises no session that lacks the factor', async () => {
  await using app = await testApp()
  const ada = await signUp(app, 'ada')
  const attacker = app.newClient()
  await attacker.auth.login.mutate({ username: 'ada', password })
  const { secret } = await attacker.totp.enroll.mutate()
  await addPasskey(ada, newAuthenticator(app), { endOtherSessions: false })
  const code = authenticatorOf(app, secret).code()
  expect(await failure(attacker.totp.confirm.mutate({ code }))).toEqual({
    reason: 'REAUTH_REQUIRED',
    methods: ['passkey', 'recovery'],
  })
  expect(await attacker.auth.session.query()).toMatchObject({ session: { level: 1 } })
})

test('totp enrollment: is confirmed in the session that began it, and in no other', async () => {
  await using app = await testApp()
  const ada = await signUp(app, 'ada')
  const other = app.newClient()
  await other.auth.login.mutate({ username: 'ada', password })
  const { secret } = await ada.api.totp.enroll.mutate()
  const code = authenticatorOf(app, secret).code()
  expect(await failure(other.totp.confirm.mutate({ code }))).toEqual({ reason: 'NOT_FOUND' })
  expect(await failure(ada.api.totp.confirm.mutate({ code }))).toBeUndefined()
})

test('totp enrollment: needs a recent authentication, and an account has one authenticator app', async () => {
  await using app = await testApp()
  const ada = await signUp(app, 'ada')
  app.clock.advance(11 * minuteMs)
  expect(await failure(ada.api.totp.enroll.mutate())).toEqual({
    reason: 'REAUTH_REQUIRED',
    methods: ['password'],
  })
  await ada.api.auth.elevate.mutate({ password })
  await addAuthenticator(app, ada)
  expect(await failure(ada.api.totp.enroll.mutate())).toEqual({ reason: 'FACTOR_EXISTS' })
})

test('totp enrollment: can leave the other sessions open, at level 1', async () => {
  await using app = await testApp()
  const ada = await signUp(app, 'ada')
  const other = app.newClient()
  await other.auth.login.mutate({ username: 'ada', password })
  const phone = await addAuthenticator(app, ada, { endOtherSessions: false })
  expect(await other.auth.session.query()).toMatchObject({ session: { level: 1 } })
  // The password is not enough any more.
  expect(await failure(other.totp.remove.mutate())).toEqual({
    reason: 'REAUTH_REQUIRED',
    methods: ['otp', 'recovery'],
  })
  expect(await failure(other.auth.elevate.mutate({ password }))).toMatchObject({ reason: 'REAUTH_REQUIRED' })
  await other.auth.elevate.mutate({ method: 'otp', code: phone.nextCode() })
  expect(await other.auth.session.query()).toMatchObject({ session: { level: 2 } })
  expect(await failure(other.totp.remove.mutate())).toBeUndefined()
})

describeOnEach('totp removal', (databaseKind) => {
  test('totp removal: lowers the session, deletes the recovery codes and ends the other sessions', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada')
    const phone = await addAuthenticator(app, ada)
    const logIn = async () => {
      const api = app.newClient()
      await api.auth.login.mutate({ username: 'ada', password })
      await api.auth.secondFactor.mutate({ method: 'otp', code: phone.nextCode() })
      return api
    }
    const other = await logIn()
    app.clock.advance(1)
    expect(await ada.api.totp.remove.mutate()).toEqual({ endedSessions: 1 })
    expect((await auditRows(app)).at(-1)).toMatchObject({
      event: 'totp-removed',
      detail: JSON.stringify({ endedSessions: 1 }),
    })
    expect(await other.auth.session.query()).toBeNull()
    expect(await ada.api.auth.session.query()).toMatchObject({ session: { level: 1 } })
    expect(await ada.api.recoveryCodes.status.query()).toBeNull()
    expect(await failure(ada.api.totp.remove.mutate())).toEqual({ reason: 'NOT_FOUND' })
    for (const table of ['factors', 'totp_secrets', 'recovery_codes'] as const) {
      expect(await app.services.db.read.selectFrom(table).selectAll().execute()).toEqual([])
    }
    expect(await app.newClient().auth.login.mutate({ username: 'ada', password })).toMatchObject({
      status: 'signed-in',
    })
  })
})

test('totp removal: can leave the other sessions open, and lowers them', async () => {
  await using app = await testApp()
  const ada = await signUp(app, 'ada')
  const phone = await addAuthenticator(app, ada)
  const other = app.newClient()
  await other.auth.login.mutate({ username: 'ada', password })
  await other.auth.secondFactor.mutate({ method: 'otp', code: phone.nextCode() })
  expect(await ada.api.totp.remove.mutate({ endOtherSessions: false })).toEqual({ endedSessions: 0 })
  expect(await other.auth.session.query()).toMatchObject({ session: { level: 1 } })
})
