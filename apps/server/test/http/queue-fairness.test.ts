import { rateLimits } from '@app/contract'
import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { ada, deviceCookie, login, signUp, wrong } from '../support/brute-force.ts'
import { occupyHashSlot } from '../support/occupy-hash-slot.ts'
import { post, reasonIn } from '../support/raw-call.ts'
import type { RawAnswer } from '../support/raw-call.ts'
import { tally } from '../support/server-pair.ts'

/** Makes the calls while no hash can run. @returns how many waited, and all outcomes */
async function whileHashingIsBusy(app: TestApp, calls: readonly (() => Promise<RawAnswer>)[]) {
  const busy = await occupyHashSlot(app)
  let answered = 0
  const answers = calls.map(async (call) => {
    const answer = await call()
    answered += 1
    return reasonIn(answer)
  })
  const waiting = () => app.services.hashQueue.load().waiting
  await expect.poll(() => answered + waiting()).toBe(calls.length)
  const waited = waiting()
  busy[Symbol.dispose]()
  return { waited, outcomes: tally(await Promise.all(answers)) }
}

describeOnEach('the hash queue', (databaseKind) => {
  test('has 2 slots for unknown devices of one account, and others for its known devices and sessions', async () => {
    await using app = await testApp({ databaseKind, settings: { hashConcurrency: 1 } })
    const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
    const [session] = cookies
    const device = deviceCookie(cookies)
    const { waited, outcomes } = await whileHashingIsBusy(app, [
      () => login(app, wrong),
      () => login(app, wrong),
      () => login(app, wrong),
      () => login(app, wrong, device),
      () => post(app.url, 'auth.elevate', { password: 'wrong' }, session),
      () => post(app.url, 'auth.elevate', { password: 'wrong' }, cookies.join('; ')),
    ])
    expect(waited).toBe(5)
    expect(outcomes).toEqual({ BUSY: 1, INVALID_CREDENTIALS: 5 })
  })

  test('has 2 slots for log-ins and sign-ups of one unused name', async () => {
    await using app = await testApp({ databaseKind, settings: { hashConcurrency: 1 } })
    const { waited } = await whileHashingIsBusy(app, [
      () => login(app, wrong),
      () => login(app, wrong),
      () => post(app.url, 'auth.signup', signupInput(ada)),
      () => post(app.url, 'auth.signup', signupInput(ada)),
    ])
    expect(waited).toBe(2)
  })
})

test('the hash queue: 2 addresses that fill it get BUSY; a third address logs in', async () => {
  await using app = await testApp({
    host: { trustProxy: 1 },
    settings: { hashConcurrency: 1, hashQueue: 6 },
  })
  await signUp(app)
  const attack = Array.from(
    { length: 10 },
    (_, index) => () =>
      post(
        app.url,
        'auth.login',
        { ...wrong, username: `attacker-${index}` },
        undefined,
        index % 2 === 0 ? '198.51.100.1' : '203.0.113.1',
      ),
  )
  let third: RawAnswer | undefined
  const { outcomes } = await whileHashingIsBusy(app, [
    ...attack,
    async () => (third = await post(app.url, 'auth.login', ada, undefined, '192.0.2.7')),
  ])
  expect(third === undefined ? 'no answer' : reasonIn(third)).toBeUndefined()
  expect(outcomes).toEqual({ BUSY: 5, INVALID_CREDENTIALS: 5, ok: 1 })
})

test('login: correct passwords have a limit for an account and a network, but not for a known device', async () => {
  await using app = await testApp({ host: { trustProxy: 1 } })
  const device = await signUp(app)
  const { id } = await app.services.db.read.selectFrom('users').select('id').executeTakeFirstOrThrow()
  const reason = async (address: string, cookie?: string) =>
    reasonIn(await post(app.url, 'auth.login', ada, cookie, address))
  const useUp = async (name: 'hashesPerCaller' | 'hashesPerNetwork', key: string) => {
    for (let count = 0; count < rateLimits[name].points; count += 1) {
      await app.services.rateLimits.consume(name, key)
    }
  }
  await useUp('hashesPerNetwork', '2001:0db8:0001')
  expect(await reason('2001:db8:1:5::1')).toBe('RATE_LIMITED')
  expect(await reason('2001:db8:2:5::1')).toBeUndefined()
  await useUp('hashesPerCaller', `account:${id}`)
  expect(await reason('2001:db8:2:5::1')).toBe('RATE_LIMITED')
  expect(await reason('2001:db8:1:5::1', device)).toBeUndefined()
})

test('allowances: a stolen session that uses up its account’s calls cannot stop the owner from revoking it', async () => {
  await using app = await testApp()
  const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
  const { id } = await app.services.db.read.selectFrom('users').select('id').executeTakeFirstOrThrow()
  const claims = app.services.sessionTokens.verify(cookies[0]?.slice('session='.length) ?? '')
  for (const [name, key] of [
    ['mutationsPerAccount', id],
    ['reserveCallsPerSession', claims?.sessionId ?? ''],
  ] as const) {
    await app.services.rateLimits.consume(name, key, rateLimits[name].points)
  }
  const again = await login(app, ada, cookies.join('; '))
  expect(reasonIn(again)).toBeUndefined()
  const change = { currentPassword: ada.password, newPassword: 'a better battery' }
  const owner = again.cookies.join('; ')
  expect(reasonIn(await post(app.url, 'sessions.revokeOthers', {}, owner))).toBeUndefined()
  expect(reasonIn(await post(app.url, 'account.changePassword', change, owner))).toBeUndefined()
})
