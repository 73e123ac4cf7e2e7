import { rateLimits } from '@app/contract'
import { requestFactorReset } from '@app/router'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { addAdmin, password, signUp, unknownSecret } from '../support/actors.ts'
import { auditRows } from '../support/audit-rows.ts'
import { addAuthenticator } from '../support/authenticator.ts'
import { giveIdentity } from '../support/identities.ts'
import { logInByLink, requestReset, secretIn } from '../support/new-factor-reset.ts'
import { addPasskey, newAuthenticator } from '../support/passkeys.ts'
import { failure } from '../support/raw-call.ts'
import { expectWinners, inParallel, serverPair } from '../support/server-pair.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const halfHourMs = 30 * 60_000
const weekMs = 7 * dayMs
const login = { username: 'ada', password }

describeOnEach('factor reset', (databaseKind) => {
  test('factor reset: after the delay, a log-in with the link removes the factors and ends every session', async () => {
    await using app = await testApp({ databaseKind, settings: { factorResetDelayMs: halfHourMs } })
    const root = await addAdmin(app, 'root')
    const ada = await signUp(app, 'ada')
    const { recoveryCodes } = await addAuthenticator(app, ada)
    const effectiveAt = new Date(app.clock.now() + halfHourMs).toISOString()
    const expiresAt = new Date(app.clock.now() + halfHourMs + weekMs).toISOString()
    const older = await requestReset(root, ada.id)
    app.clock.advance(1)
    // A second request does not postpone the first. Its link replaces the older one.
    const requested = await root.api.users.resetFactors.mutate({ id: ada.id })
    expect(requested).toEqual({ effectiveAt, expiresAt, link: expect.any(String) })
    expect(requested.link.startsWith(`${app.services.publicUrl()}/reset-factors#`)).toBe(true)
    const secret = secretIn(requested.link)
    const inspect = (given: string) => app.newClient().auth.inspectFactorReset.mutate({ secret: given })
    expect(await inspect(secret)).toEqual({ username: 'ada', effectiveAt, expiresAt })
    expect(await failure(inspect(older))).toEqual({ reason: 'LINK_INVALID' })

    app.clock.advance(halfHourMs - 2)
    const { api, failed } = await logInByLink(app, secret, login)
    expect(failed).toEqual({ reason: 'LINK_TOO_EARLY', worksFrom: effectiveAt })
    app.clock.advance(1)
    expect(await failure(api.auth.completeFactorReset.mutate({ secret: older }))).toEqual({
      reason: 'LINK_INVALID',
    })
    const other = app.newClient()
    await other.auth.login.mutate(login)
    expect(await api.auth.completeFactorReset.mutate({ secret })).toMatchObject({ status: 'signed-in' })
    expect(await api.auth.session.query()).toMatchObject({ session: { level: 1, methods: ['pwd'] } })
    expect(await ada.api.auth.session.query()).toBeNull()
    // A log-in that was pending then has neither factors nor link any more.
    const code = recoveryCodes?.[0] ?? ''
    expect(await failure(other.auth.secondFactor.mutate({ method: 'recovery', code }))).toEqual({
      reason: 'CODE_INVALID',
    })
    expect(await failure(other.auth.completeFactorReset.mutate({ secret }))).toEqual({
      reason: 'LINK_INVALID',
    })
    const tables = ['factors', 'totp_secrets', 'recovery_codes', 'factor_resets', 'one_time_secrets'] as const
    for (const table of tables) {
      expect(await app.services.db.read.selectFrom(table).selectAll().execute()).toEqual([])
    }
    expect((await auditRows(app)).filter(({ event }) => event.startsWith('factor'))).toMatchObject([
      { event: 'factor-reset-requested', subject: ada.id, actor_id: root.id },
      { event: 'factor-reset-requested', subject: ada.id, actor_id: root.id },
      { event: 'factors-reset', subject: ada.id, actor_id: ada.id, detail: '{"endedSessions":1}' },
    ])
    // The user adds a new one.
    expect(await addAuthenticator(app, { api })).toMatchObject({ recoveryCodes: expect.any(Array) })
  })

  test('factor reset: neither the password nor the link alone passes the second factor', async () => {
    await using app = await testApp({ databaseKind, settings: { factorResetDelayMs: 0 } })
    const root = await addAdmin(app, 'root')
    const ada = await signUp(app, 'ada')
    const bob = await signUp(app, 'bob')
    await addAuthenticator(app, ada)
    await addAuthenticator(app, bob)
    const secret = await requestReset(root, ada.id)
    expect(await app.newClient().auth.login.mutate(login)).toMatchObject({ status: 'second-factor' })
    expect(await failure(app.newClient().auth.completeFactorReset.mutate({ secret }))).toEqual({
      reason: 'COOKIE_MISSING',
    })
    // The link of another user is not used up by the attempt.
    const ofBob = await logInByLink(app, secret, { username: 'bob', password })
    expect(ofBob.failed).toEqual({ reason: 'LINK_INVALID' })
    expect((await logInByLink(app, secret, login)).failed).toBeUndefined()
    expect(await app.services.db.read.selectFrom('factors').select('user_id').execute()).toEqual([
      { user_id: bob.id },
      { user_id: bob.id },
    ])
  })

  test('factor reset: with a delay of 0 it takes effect once, for one of 8 log-ins at once', async () => {
    await using servers = await serverPair(databaseKind, { limits: 'relaxed', factorResetDelayMs: 0 })
    const { first: app } = servers
    const root = await addAdmin(app, 'root')
    const ada = await signUp(app, 'ada')
    await addAuthenticator(app, ada)
    const secret = await requestReset(root, ada.id)
    const outcomes = await inParallel(
      async (index) => (await logInByLink(servers.at(index), secret, login)).failed,
    )
    // A log-in after the first needs no link.
    expectWinners(outcomes, 1, ['LINK_INVALID', 'LOGIN_EXPIRED'])
    const events = (await auditRows(app)).filter(({ event }) => event === 'factors-reset')
    expect(events).toHaveLength(1)
  })

  test('factor reset: a new password by a recovery link keeps the link', async () => {
    await using app = await testApp({ databaseKind, settings: { factorResetDelayMs: 0 } })
    const root = await addAdmin(app, 'root')
    const ada = await signUp(app, 'ada')
    await addAuthenticator(app, ada)
    const secret = await requestReset(root, ada.id)
    const issued = await root.api.recovery.issueLink.mutate({ id: ada.id })
    const newPassword = 'a better battery'
    await app.newClient().recovery.reset.mutate({ secret: secretIn(issued.link), newPassword })
    const { failed } = await logInByLink(app, secret, { username: 'ada', password: newPassword })
    expect(failed).toBeUndefined()
  })

  test('factor reset: the link ends when its admin loses the role, and when the user is disabled', async () => {
    await using app = await testApp({ databaseKind, settings: { factorResetDelayMs: 0 } })
    const root = await addAdmin(app, 'root')
    const gone = await addAdmin(app, 'gone')
    const ada = await signUp(app, 'ada')
    await addAuthenticator(app, ada)
    const first = await requestReset(gone, ada.id)
    await root.api.users.setRole.mutate({ id: gone.id, role: 'user' })
    expect((await logInByLink(app, first, login)).failed).toEqual({ reason: 'LINK_INVALID' })
    const second = await requestReset(root, ada.id)
    for (const disabled of [true, false]) await root.api.users.setDisabled.mutate({ id: ada.id, disabled })
    expect((await logInByLink(app, second, login)).failed).toEqual({ reason: 'LINK_INVALID' })
  })

  test.each(['demotes its admin', 'removes its admin', 'disables the user'] as const)(
    'factor reset: ends when an admin %s, so a later one has to wait',
    async (change) => {
      await using app = await testApp({ databaseKind, settings: { factorResetDelayMs: dayMs } })
      const root = await addAdmin(app, 'root')
      const gone = await addAdmin(app, 'gone')
      const ada = await signUp(app, 'ada')
      await addAuthenticator(app, ada)
      await requestReset(gone, ada.id)
      expect((await ada.api.account.security.query()).factorReset).not.toBeNull()
      const { setRole, setDisabled, remove } = root.api.users
      if (change === 'demotes its admin') await setRole.mutate({ id: gone.id, role: 'user' })
      else if (change === 'removes its admin') await remove.mutate({ id: gone.id })
      else for (const disabled of [true, false]) await setDisabled.mutate({ id: ada.id, disabled })
      app.clock.advance(dayMs + hourMs)
      const outcome = await requestFactorReset(app.services, 'ada')
      expect(outcome).toMatchObject({ ok: true, value: { effectiveAt: app.clock.now() + dayMs } })
    },
  )
})

test('factor reset: none for oneself, for a disabled user, or without a second factor', async () => {
  await using app = await testApp()
  const root = await addAdmin(app, 'root')
  const other = await addAdmin(app, 'other')
  const ada = await signUp(app, 'ada')
  const eve = await signUp(app, 'eve')
  for (const user of [root, other, ada]) await addAuthenticator(app, user)
  await root.api.users.setDisabled.mutate({ id: ada.id, disabled: true })
  const reset = (id: string) => failure(root.api.users.resetFactors.mutate({ id }))
  expect(await reset(root.id)).toEqual({ reason: 'FORBIDDEN' })
  expect(await reset(ada.id)).toEqual({ reason: 'NOT_FOUND' })
  expect(await reset(eve.id)).toEqual({ reason: 'NOT_FOUND' })
  expect(await reset(other.id)).toBeUndefined()
})

test('factor reset: not for a user whom only a passkey logs in, because no first step would remain', async () => {
  await using app = await testApp()
  const root = await addAdmin(app, 'root')
  const ada = await signUp(app, 'ada')
  await addPasskey(ada, newAuthenticator(app))
  app.services.settings.passwordLogin = 'off'
  const request = () => failure(root.api.users.resetFactors.mutate({ id: ada.id }))
  expect(await request()).toEqual({ reason: 'NOT_FOUND' })
  await giveIdentity(app, ada.id)
  expect(await request()).toBeUndefined()
})

test('factor reset: an address tries as many links as of other kinds', async () => {
  await using app = await testApp()
  const ada = await signUp(app, 'ada')
  await addAuthenticator(app, ada)
  const api = app.newClient()
  await api.auth.login.mutate(login)
  const attempt = async () =>
    (await failure(api.auth.completeFactorReset.mutate({ secret: unknownSecret })))?.reason
  for (let turn = 0; turn < rateLimits.linksPerAddress.points; turn += 1) {
    expect(await attempt()).toBe('LINK_INVALID')
  }
  expect(await attempt()).toBe('RATE_LIMITED')
})
