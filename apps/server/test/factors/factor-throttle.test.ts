import type { Client } from '@app/client'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { addAdmin, password, signUp } from '../support/actors.ts'
import { auditRows } from '../support/audit-rows.ts'
import { addAuthenticator } from '../support/authenticator.ts'
import { logInByLink, requestReset } from '../support/new-factor-reset.ts'
import { newRecoverySecret } from '../support/new-recovery-secret.ts'
import { failure, post, reasonIn } from '../support/raw-call.ts'
import { startLogin } from '../support/second-factor.ts'
import { inParallel, serverPair, tally } from '../support/server-pair.ts'

const hourMs = 3_600_000
const login = { username: 'ada', password }

const guess = async (api: Client, code: string) => {
  const failed = await failure(api.auth.secondFactor.mutate({ method: 'otp', code }))
  return failed?.reason ?? 'ok'
}

/** Logs in by the password in a new browser, as an attacker who knows it. */
async function attacker(app: TestApp): Promise<Client> {
  const api = app.newClient()
  await api.auth.login.mutate(login)
  return api
}

describeOnEach('codes under attack', (databaseKind) => {
  test('codes under attack: new log-ins give no more tries, and the device of the owner is not locked', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada')
    const phone = await addAuthenticator(app, ada)
    const results: string[] = []
    for (let turn = 0; turn < 12; turn += 1)
      results.push(await guess(await attacker(app), phone.wrongCode(turn)))
    expect(tally(results)).toEqual({ CODE_INVALID: 5, RATE_LIMITED: 7 })
    // The right code is rejected too, so that a pause says nothing about a code.
    expect(await guess(await attacker(app), phone.code(1))).toBe('RATE_LIMITED')
    await ada.api.auth.login.mutate(login)
    expect(await guess(ada.api, phone.code(1))).toBe('ok')
    const events = (await auditRows(app)).map(({ event }) => event)
    expect(events.filter((event) => event === 'second-factor-failed')).toHaveLength(5)
    expect(events).toContain('second-factor-limited')
  })

  test('codes under attack: 200 wrong codes at once in two servers are 5 tries', async () => {
    await using servers = await serverPair(databaseKind, {})
    const { first: app } = servers
    const phone = await addAuthenticator(app, await signUp(app, 'ada'))
    const clients = [await attacker(app), await attacker(servers.at(1))]
    const results = await inParallel(
      (index) => guess(clients[index % 2] ?? app.api, phone.wrongCode(index)),
      200,
    )
    const { CODE_INVALID: tried = 0, ok = 0, UNAVAILABLE: unavailable = 0, ...others } = tally(results)
    const counts = app.services.db.read.selectFrom('login_throttles').where('bucket', 'like', 'factor-%')
    expect({ ok, others: Object.keys(others), counts: await counts.select('failures').execute() }).toEqual({
      ok: 0,
      others: ['RATE_LIMITED'],
      counts: [{ failures: 5 }],
    })
    // On a slow machine a call may wait too long for a connection after its try was counted. The try is lost.
    expect(tried).toBeLessThanOrEqual(5)
    expect(tried + unavailable).toBeGreaterThanOrEqual(5)
    const failed = (await auditRows(app)).filter(({ event }) => event === 'second-factor-failed')
    expect(failed).toHaveLength(tried)
    expect(await guess(await attacker(app), phone.code(1))).toBe('RATE_LIMITED')
  })

  test('codes under attack: wrong codes of a session take nothing from its right ones', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada')
    const phone = await addAuthenticator(app, ada)
    const elevate = (code: string) => failure(ada.api.auth.elevate.mutate({ method: 'otp', code }))
    for (let turn = 0; turn < 9; turn += 1) {
      expect(await elevate(phone.wrongCode(turn))).toEqual({ reason: 'CODE_INVALID' })
    }
    for (let turn = 0; turn < 2; turn += 1) {
      app.clock.advance(30_000)
      expect(await elevate(phone.code())).toBeUndefined()
    }
  })

  test('codes under attack: a locked account opens after a day without tries', async () => {
    await using app = await testApp({ databaseKind })
    const phone = await addAuthenticator(app, await signUp(app, 'ada'))
    await guess(await attacker(app), phone.wrongCode())
    const locked = { failures: 100, closed_until: 0 }
    await app.services.db.write((tx) =>
      tx.updateTable('login_throttles').set(locked).where('bucket', 'like', 'factor-account:%').execute(),
    )
    app.clock.advance(24 * hourMs - 5 * 60_000)
    // Logged in before, because a log-in also deletes expired counts.
    const api = await attacker(app)
    expect(await guess(api, phone.nextCode())).toBe('RATE_LIMITED')
    app.clock.advance(5 * 60_000)
    expect(await guess(api, phone.nextCode())).toBe('ok')
  })
})

test('codes under attack: the owner at a known device has own tries, which other devices do not use up', async () => {
  await using app = await testApp()
  const ada = await signUp(app, 'ada')
  const phone = await addAuthenticator(app, ada)
  await ada.api.auth.logout.mutate()
  await ada.api.auth.login.mutate(login)
  const results: string[] = []
  for (let turn = 0; turn < 12; turn += 1) results.push(await guess(ada.api, phone.wrongCode(turn)))
  expect(tally(results)).toEqual({ CODE_INVALID: 10, RATE_LIMITED: 2 })
  expect(await guess(await attacker(app), phone.nextCode())).toBe('ok')
})

test('codes under attack: a stolen session cookie has 10 tries, and ends no allowance of the owner', async () => {
  await using app = await testApp()
  const ada = await signUp(app, 'ada')
  const phone = await addAuthenticator(app, ada)
  const elevate = async (code: string) =>
    (await failure(ada.api.auth.elevate.mutate({ method: 'otp', code })))?.reason ?? 'ok'
  const results: string[] = []
  for (let turn = 0; turn < 12; turn += 1) results.push(await elevate(phone.wrongCode(turn)))
  expect(tally(results)).toEqual({ CODE_INVALID: 10, RATE_LIMITED: 2 })
  app.clock.advance(hourMs)
  await ada.api.auth.login.mutate(login)
  expect(await guess(ada.api, phone.nextCode())).toBe('ok')
})

test('codes under attack: a pending log-in that is void uses up no tries', async () => {
  await using app = await testApp()
  const ada = await signUp(app, 'ada')
  const phone = await addAuthenticator(app, ada)
  const stale = await startLogin(app, login)
  const newPassword = 'a better battery'
  await ada.api.account.changePassword.mutate({ currentPassword: password, newPassword })
  const results: (string | undefined)[] = []
  for (let turn = 0; turn < 12; turn += 1) {
    const input = { method: 'otp', code: phone.wrongCode(turn) }
    const answer = await post(app.url, 'auth.secondFactor', input, stale)
    expect(answer.cookies).toEqual(['pending-login='])
    results.push(reasonIn(answer))
  }
  expect(tally(results)).toEqual({ LOGIN_EXPIRED: 12 })
  const counted = app.services.db.read.selectFrom('login_throttles').where('bucket', 'like', 'factor-%')
  expect(await counted.select('bucket').execute()).toEqual([])
  const api = app.newClient()
  await api.auth.login.mutate({ ...login, password: newPassword })
  expect(await guess(api, phone.nextCode())).toBe('ok')
})

test('codes under attack: a new password by mail gives no more tries', async () => {
  await using app = await testApp()
  const ada = await signUp(app, 'ada')
  const phone = await addAuthenticator(app, ada)
  for (let turn = 0; turn < 5; turn += 1) await guess(await attacker(app), phone.wrongCode(turn))
  const newPassword = 'a better battery'
  await app.api.recovery.reset.mutate({ secret: await newRecoverySecret(app, 'ada'), newPassword })
  const api = app.newClient()
  expect(await api.auth.login.mutate({ ...login, password: newPassword })).toMatchObject({
    status: 'second-factor',
  })
  expect(await guess(api, phone.code())).toBe('RATE_LIMITED')
})

test('codes under attack: a factor reset ends the lockout, because the lost factor is gone', async () => {
  await using app = await testApp({ settings: { factorResetDelayMs: 60_000 } })
  const root = await addAdmin(app, 'root')
  const ada = await signUp(app, 'ada')
  const lost = await addAuthenticator(app, ada)
  await guess(await attacker(app), lost.wrongCode())
  await app.services.db.write((tx) =>
    tx
      .updateTable('login_throttles')
      .set({ failures: 100, closed_until: 0 })
      .where('bucket', 'like', 'factor-account:%')
      .execute(),
  )
  const secret = await requestReset(root, ada.id)
  app.clock.advance(60_000)
  const { api, failed } = await logInByLink(app, secret, login)
  expect(failed).toBeUndefined()
  const phone = await addAuthenticator(app, { api })
  expect(await guess(await attacker(app), phone.nextCode())).toBe('ok')
})
