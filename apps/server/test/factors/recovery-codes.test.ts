import type { Client } from '@app/client'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { password, signUp } from '../support/actors.ts'
import { auditRows } from '../support/audit-rows.ts'
import { addAuthenticator } from '../support/authenticator.ts'
import { failure } from '../support/raw-call.ts'
import { expectWinners, inParallel, serverPair } from '../support/server-pair.ts'

async function pendingClient(app: TestApp, username = 'ada'): Promise<Client> {
  const api = app.newClient()
  await api.auth.login.mutate({ username, password })
  return api
}

const use = (api: Client, code = '') => failure(api.auth.secondFactor.mutate({ method: 'recovery', code }))

describeOnEach('recovery codes', (databaseKind) => {
  test('recovery codes: each opens one session at level 2, in any spelling', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada')
    const { recoveryCodes } = await addAuthenticator(app, ada)
    const codes = recoveryCodes ?? []
    expect(await ada.api.recoveryCodes.status.query()).toEqual({
      left: 10,
      total: 10,
      createdAt: new Date(app.clock.now()).toISOString(),
    })
    const [first = '', second = ''] = codes
    const api = await pendingClient(app)
    expect(await use(api, first.toLowerCase().replaceAll('-', ' – ').replaceAll('0', 'o'))).toBeUndefined()
    expect(await api.auth.session.query()).toMatchObject({
      session: { level: 2, methods: ['pwd', 'recovery'] },
    })
    expect(await use(await pendingClient(app), first)).toEqual({ reason: 'CODE_INVALID' })
    expect(await use(await pendingClient(app), second.replaceAll('-', ''))).toBeUndefined()
    expect(await ada.api.recoveryCodes.status.query()).toMatchObject({ left: 8 })
    const used = (await auditRows(app)).filter(({ event }) => event === 'recovery-code-used')
    expect(new Set(used.map(({ detail }) => detail))).toEqual(new Set(['{"left":9}', '{"left":8}']))
  })

  test('recovery codes: 16 log-ins at once in two servers use one once', async () => {
    await using servers = await serverPair(databaseKind)
    const { first: app } = servers
    const { recoveryCodes } = await addAuthenticator(app, await signUp(app, 'ada'))
    const clients = await inParallel((index) => pendingClient(servers.at(index)), 16)
    const results = await Promise.all(clients.map((api) => use(api, recoveryCodes?.[3])))
    expectWinners(results, 1, ['CODE_INVALID', 'RATE_LIMITED', 'UNAVAILABLE'])
    expect(await app.services.db.read.selectFrom('recovery_codes').selectAll().execute()).toHaveLength(9)
  })

  test('recovery codes: new ones end the old ones, and the session of an old one keeps its level', async () => {
    await using app = await testApp({ databaseKind })
    const { recoveryCodes } = await addAuthenticator(app, await signUp(app, 'ada'))
    const api = await pendingClient(app)
    await use(api, recoveryCodes?.[0])
    app.clock.advance(1)
    const { codes } = await api.recoveryCodes.regenerate.mutate()
    expect(new Set([...codes, ...(recoveryCodes ?? [])]).size).toBe(20)
    expect(await api.recoveryCodes.status.query()).toEqual({
      left: 10,
      total: 10,
      createdAt: new Date(app.clock.now()).toISOString(),
    })
    expect(await api.auth.session.query()).toMatchObject({ session: { level: 2 } })
    expect(await use(await pendingClient(app), recoveryCodes?.[1])).toEqual({ reason: 'CODE_INVALID' })
    expect(await use(await pendingClient(app), codes[0])).toBeUndefined()
  })

  test('recovery codes: new ones end the other sessions that an old one carries', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada')
    const phone = await addAuthenticator(app, ada)
    const [byPhone, attacker] = [await pendingClient(app), await pendingClient(app)]
    await byPhone.auth.secondFactor.mutate({ method: 'otp', code: phone.nextCode() })
    await use(attacker, phone.recoveryCodes?.[0])
    expect(await attacker.auth.session.query()).toMatchObject({ session: { level: 2 } })
    await ada.api.recoveryCodes.regenerate.mutate()
    expect(await attacker.auth.session.query()).toBeNull()
    for (const api of [ada.api, byPhone])
      expect(await api.auth.session.query()).toMatchObject({ session: { level: 2 } })
    const created = (await auditRows(app)).findLast(({ event }) => event === 'recovery-codes-created')
    expect(created).toMatchObject({ detail: '{"endedSessions":1}' })
  })
})

test('recovery codes: belong to one user, and an account without a second factor has none', async () => {
  await using app = await testApp()
  const eve = await signUp(app, 'eve')
  expect(await eve.api.recoveryCodes.status.query()).toBeNull()
  expect(await failure(eve.api.recoveryCodes.regenerate.mutate())).toEqual({ reason: 'FACTOR_REQUIRED' })
  await addAuthenticator(app, await signUp(app, 'ada'))
  const { recoveryCodes } = await addAuthenticator(app, eve)
  expect(await use(await pendingClient(app), recoveryCodes?.[0])).toEqual({ reason: 'CODE_INVALID' })
  expect(await use(await pendingClient(app, 'eve'), recoveryCodes?.[0])).toBeUndefined()
})

test('recovery codes: without any left, the log-in asks for the authenticator app only', async () => {
  await using app = await testApp({ settings: { limits: 'relaxed' } })
  const { recoveryCodes } = await addAuthenticator(app, await signUp(app, 'ada'))
  for (const code of recoveryCodes ?? []) expect(await use(await pendingClient(app), code)).toBeUndefined()
  expect(await app.newClient().auth.login.mutate({ username: 'ada', password })).toEqual({
    status: 'second-factor',
    methods: ['otp'],
  })
})

test('recovery codes: one confirms a session, and the codes are stored as hashes only', async () => {
  await using app = await testApp()
  const ada = await signUp(app, 'ada')
  const { recoveryCodes } = await addAuthenticator(app, ada)
  app.clock.advance(11 * 60_000)
  expect(await failure(ada.api.recoveryCodes.regenerate.mutate())).toEqual({
    reason: 'REAUTH_REQUIRED',
    methods: ['password', 'otp', 'recovery'],
  })
  await ada.api.auth.elevate.mutate({ method: 'recovery', code: recoveryCodes?.[0] ?? '' })
  expect(await failure(ada.api.recoveryCodes.regenerate.mutate())).toBeUndefined()
  const rows = await app.services.db.read.selectFrom('recovery_codes').select('hash').execute()
  for (const { hash } of rows) expect(hash).toMatch(/^[\w-]{43}$/)
})
