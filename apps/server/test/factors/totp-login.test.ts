import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { password, signUp } from '../support/actors.ts'
import { eventsOf } from '../support/audit-rows.ts'
import { addAuthenticator } from '../support/authenticator.ts'
import { failure } from '../support/raw-call.ts'
import { expectWinners, inParallel, serverPair } from '../support/server-pair.ts'

const minuteMs = 60_000

describeOnEach('totp log-in', (databaseKind) => {
  test('totp log-in: the password alone opens no session, the code does at level 2', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada')
    const phone = await addAuthenticator(app, ada)
    const api = app.newClient()
    expect(await api.auth.login.mutate({ username: 'ada', password })).toEqual({
      status: 'second-factor',
      methods: ['otp', 'recovery'],
    })
    expect(await api.auth.session.query()).toBeNull()
    const code = phone.nextCode()
    const spaced = `${code.slice(0, 3)} ${code.slice(3)}`
    const written = await eventsOf(app, async () => {
      expect(await api.auth.secondFactor.mutate({ method: 'otp', code: spaced })).toMatchObject({
        status: 'signed-in',
        user: { username: 'ada' },
      })
    })
    expect(written).toEqual(['login'])
    expect(await api.auth.session.query()).toMatchObject({ session: { level: 2, methods: ['pwd', 'otp'] } })
  })

  test('totp log-in: a code is accepted one step early or late, and each step once', async () => {
    await using app = await testApp({ databaseKind })
    const phone = await addAuthenticator(app, await signUp(app, 'ada'))
    const logIn = async (code: string) => {
      const api = app.newClient()
      await api.auth.login.mutate({ username: 'ada', password })
      return (await failure(api.auth.secondFactor.mutate({ method: 'otp', code })))?.reason ?? 'ok'
    }
    // The code of the confirmation.
    expect(await logIn(phone.code())).toBe('CODE_INVALID')
    // Two steps have the same code in one of a million pairs.
    const codes = () => [-2, -1, 0, 1, 2, 3].map((steps) => phone.code(steps))
    do app.clock.advance(4 * 30_000)
    while (new Set(codes()).size < 6)
    expect(await logIn(phone.code(-2))).toBe('CODE_INVALID')
    expect(await logIn(phone.code(2))).toBe('CODE_INVALID')
    expect(await logIn(phone.code(-1))).toBe('ok')
    expect(await logIn(phone.code(-1))).toBe('CODE_INVALID')
    expect(await logIn(phone.code(1))).toBe('ok')
    // Older than the last one.
    expect(await logIn(phone.code())).toBe('CODE_INVALID')
    expect(await logIn(phone.code(1))).toBe('CODE_INVALID')
    expect(await logIn(phone.nextCode())).toBe('CODE_INVALID')
    expect(await logIn(phone.nextCode())).toBe('ok')
  })

  test('totp log-in: 16 log-ins at once in two servers use a code once', async () => {
    await using servers = await serverPair(databaseKind)
    const { first: app } = servers
    const phone = await addAuthenticator(app, await signUp(app, 'ada'))
    const clients = await inParallel(async (index) => {
      const api = servers.at(index).newClient()
      await api.auth.login.mutate({ username: 'ada', password })
      return api
    }, 16)
    const code = phone.nextCode()
    const results = await Promise.all(
      clients.map((api) => failure(api.auth.secondFactor.mutate({ method: 'otp', code }))),
    )
    expectWinners(results, 1, ['CODE_INVALID', 'RATE_LIMITED', 'BUSY', 'UNAVAILABLE'])
  })

  test('totp log-in: the code of another user and a code without a pending log-in are rejected', async () => {
    await using app = await testApp({ databaseKind })
    const phone = await addAuthenticator(app, await signUp(app, 'ada'))
    const other = await addAuthenticator(app, await signUp(app, 'eve'))
    const code = phone.nextCode()
    const api = app.newClient()
    const use = (typed: string) => failure(api.auth.secondFactor.mutate({ method: 'otp', code: typed }))
    expect(await use(code)).toEqual({ reason: 'COOKIE_MISSING' })
    await api.auth.login.mutate({ username: 'ada', password })
    expect(await use(other.code())).toEqual({ reason: 'CODE_INVALID' })
    expect(await use(code)).toBeUndefined()
    // The pending log-in ended with the log-in.
    expect(await use(phone.nextCode())).toEqual({ reason: 'LOGIN_EXPIRED' })
  })
})

test.each([['12345'], ['1234567'], [''], ['abcdef']])(
  'totp log-in: %j is no code, and is not counted',
  async (code) => {
    await using app = await testApp()
    const phone = await addAuthenticator(app, await signUp(app, 'ada'))
    const api = app.newClient()
    await api.auth.login.mutate({ username: 'ada', password })
    for (let turn = 0; turn < 20; turn += 1) {
      expect(await failure(api.auth.secondFactor.mutate({ method: 'otp', code }))).toEqual({
        reason: 'INVALID_INPUT',
        fields: { code: ['Enter the six digits that your authenticator app shows.'] },
        form: [],
      })
    }
    await api.auth.secondFactor.mutate({ method: 'otp', code: phone.nextCode() })
  },
)

test('totp log-in: a pending log-in lasts 10 minutes, and ends with the password or the account', async () => {
  await using app = await testApp()
  const ada = await signUp(app, 'ada')
  const phone = await addAuthenticator(app, ada)
  const pending = async (typed = password) => {
    const api = app.newClient()
    await api.auth.login.mutate({ username: 'ada', password: typed })
    return async () => failure(api.auth.secondFactor.mutate({ method: 'otp', code: phone.nextCode() }))
  }
  const inTime = await pending()
  app.clock.advance(10 * minuteMs - 30_001)
  expect(await inTime()).toBeUndefined()
  const late = await pending()
  app.clock.advance(10 * minuteMs - 30_000)
  expect(await late()).toEqual({ reason: 'LOGIN_EXPIRED' })

  const beforeChange = await pending()
  const newPassword = 'a better battery'
  await ada.api.account.changePassword.mutate({ currentPassword: password, newPassword })
  expect(await beforeChange()).toEqual({ reason: 'LOGIN_EXPIRED' })
  const beforeDisabling = await pending(newPassword)
  await app.services.db.write((tx) => tx.updateTable('users').set({ disabled_at: 1 }).execute())
  expect(await beforeDisabling()).toEqual({ reason: 'LOGIN_EXPIRED' })
})

test('totp log-in: a clock that was wrong by days does not lock the user out, and nothing throws', async () => {
  await using app = await testApp()
  const phone = await addAuthenticator(app, await signUp(app, 'ada'))
  const logIn = async () => {
    const api = app.newClient()
    await api.auth.login.mutate({ username: 'ada', password })
    return failure(api.auth.secondFactor.mutate({ method: 'otp', code: phone.nextCode() }))
  }
  app.clock.advance(3 * 24 * 60 * minuteMs)
  expect(await logIn()).toBeUndefined()
  app.clock.advance(-60 * minuteMs)
  expect(await logIn()).toEqual({ reason: 'CODE_INVALID' })
  app.clock.advance(-2 * 24 * 60 * minuteMs)
  expect(await logIn()).toBeUndefined()
})

test('totp log-in: a secret of another user does not open, and a recovery code still works', async () => {
  await using app = await testApp()
  const { nextCode, recoveryCodes } = await addAuthenticator(app, await signUp(app, 'ada'))
  const other = await addAuthenticator(app, await signUp(app, 'eve'))
  // Moved by an attacker who can write to the database.
  const { db } = app.services
  const rows = await db.read.selectFrom('totp_secrets').select(['factor_id', 'sealed']).execute()
  const [first, second] = rows.map(({ sealed }) => sealed)
  await db.write(async (tx) => {
    for (const { factor_id: id, sealed } of rows) {
      const moved = sealed === first ? second : first
      await tx.updateTable('totp_secrets').set({ sealed: moved }).where('factor_id', '=', id).execute()
    }
  })
  const api = app.newClient()
  await api.auth.login.mutate({ username: 'ada', password })
  for (const code of [other.nextCode(), nextCode()]) {
    const failed = await failure(api.auth.secondFactor.mutate({ method: 'otp', code }))
    expect(failed).toEqual({ reason: 'INTERNAL' })
  }
  expect(JSON.stringify(app.log.expectErrors())).toContain('AUTH_SECRETS lacks the secret')
  expect(await api.auth.session.query()).toBeNull()
  await api.auth.secondFactor.mutate({ method: 'recovery', code: recoveryCodes?.[0] ?? '' })
})
