import { createSteadyClock } from '@app/router'
import { describeOnEach, migratedTestDatabase } from '@app/router/testing'
import { expect, test, vi } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newUser, password } from '../support/actors.ts'
import { addAuthenticator } from '../support/authenticator.ts'
import type { Authenticator } from '../support/authenticator.ts'
import { failure, get, post, reasonIn } from '../support/raw-call.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** Creates the wall clock and the monotonic clock of a machine; `setBack` changes only the wall clock. */
function testMachine() {
  let [wallMs, passedMs] = [Date.now(), 0]
  return {
    wall: () => wallMs,
    monotonic: () => passedMs,
    setBack: (ms: number) => {
      wallMs -= ms
    },
    advance: (ms: number) => {
      wallMs += ms
      passedMs += ms
    },
  }
}

const guess = async (app: TestApp, username: string) =>
  reasonIn(await post(app.url, 'auth.login', { username, password: 'not the password' }))

const statusOf = async (app: TestApp, cookie: string) => (await get(app.url, 'account.me', cookie)).status

const warningsOf = (app: TestApp) =>
  app.log.lines.filter(({ level, msg }) => level === 'warn' && msg?.includes('clock')).map(({ msg }) => msg)

test('clock set back: a lockout keeps its duration', async () => {
  const machine = testMachine()
  await using app = await testApp({ machineClock: machine })
  const { username } = await newUser(app)
  for (let count = 0; count < 5; count += 1) expect(await guess(app, username)).toBe('INVALID_CREDENTIALS')
  machine.setBack(2 * hourMs)
  expect(await guess(app, username)).toBe('RATE_LIMITED')
  machine.advance(34_000)
  expect(await guess(app, username)).toBe('INVALID_CREDENTIALS')
})

test('clock set back: an expired session stays expired', async () => {
  const machine = testMachine()
  await using app = await testApp({ machineClock: machine })
  const { cookie } = await newUser(app)
  machine.advance(hourMs + 1)
  expect(await statusOf(app, cookie)).toBe(401)
  machine.setBack(hourMs)
  expect(await statusOf(app, cookie)).toBe(401)
})

async function logInWithCode(app: TestApp, username: string, phone: Authenticator): Promise<string> {
  const api = app.newClient()
  await api.auth.login.mutate({ username, password })
  const secondFactor = api.auth.secondFactor.mutate({ method: 'otp', code: phone.nextCode() })
  return (await failure(secondFactor))?.reason ?? 'ok'
}

describeOnEach('clock that was an hour ahead and is set right', (databaseKind) => {
  test('codes of authenticator apps work at once, also after a restart', async () => {
    await using place = await migratedTestDatabase(databaseKind)
    const machine = testMachine()
    const options = { databaseUrl: place.url, machineClock: machine }
    const phoneClock = { clock: { now: machine.wall, advance: machine.advance } }
    const before = await testApp(options)
    const ada = await newUser(before)
    const phone = await addAuthenticator(phoneClock, ada)
    machine.setBack(-hourMs)
    const eve = await newUser(before)
    machine.setBack(hourMs)
    expect(await logInWithCode(before, ada.username, phone)).toBe('ok')
    const ofEve = await addAuthenticator(phoneClock, eve)
    await before[Symbol.asyncDispose]()
    await using app = await testApp(options)
    expect(app.services.clock() - machine.wall()).toBeGreaterThan(hourMs / 2)
    expect(await logInWithCode(app, ada.username, phone)).toBe('ok')
    expect(await logInWithCode(app, eve.username, ofEve)).toBe('ok')
  })
})

describeOnEach('clock set back before a start', (databaseKind) => {
  test('lockouts and expired sessions stay, and the server warns', async () => {
    await using place = await migratedTestDatabase(databaseKind)
    const machine = testMachine()
    const options = { databaseUrl: place.url, machineClock: machine }
    const before = await testApp(options)
    const { username, cookie } = await newUser(before)
    machine.advance(hourMs + 1)
    for (let count = 0; count < 5; count += 1) await guess(before, username)
    await before[Symbol.asyncDispose]()
    machine.setBack(hourMs)
    await using app = await testApp(options)
    expect(await guess(app, username)).toBe('RATE_LIMITED')
    expect(await statusOf(app, cookie)).toBe(401)
    expect(warningsOf(app)).toEqual([expect.stringContaining('The clock was set back')])
    machine.advance(34_000)
    expect(await guess(app, username)).toBe('INVALID_CREDENTIALS')
  })

  test('the server accepts the clock if it was ahead by more than a day', async () => {
    await using place = await migratedTestDatabase(databaseKind)
    const machine = testMachine()
    const options = { databaseUrl: place.url, machineClock: machine }
    const before = await testApp(options)
    await newUser(before)
    machine.setBack(-365 * dayMs)
    await newUser(before)
    await before[Symbol.asyncDispose]()
    machine.setBack(365 * dayMs)
    await using app = await testApp(options)
    expect(app.services.clock()).toBe(machine.wall())
    expect(warningsOf(app)).toEqual([])
  })
})

test('clock set forward: the server warns about a jump of an hour', async () => {
  const machine = testMachine()
  await using app = await testApp({ machineClock: machine })
  machine.setBack(-hourMs)
  await newUser(app)
  expect(warningsOf(app)).toEqual([expect.stringContaining('The clock jumped ahead')])
})

test('steady clock: waits for the machine, follows small corrections and drops a wrong year', () => {
  const onSetBack = vi.fn<(ms: number) => void>()
  const machine = testMachine()
  const now = createSteadyClock({ machine, onSetBack })
  const start = now()
  machine.setBack(1_500)
  expect(now()).toBe(start)
  machine.advance(1_500)
  expect([now(), machine.wall()]).toEqual([start, start])
  machine.setBack(hourMs)
  machine.advance(60_000)
  expect(now()).toBe(start + 54_000)
  machine.advance(10 * hourMs)
  expect([now() - machine.wall(), onSetBack.mock.calls]).toEqual([0, [[hourMs]]])
  machine.setBack(365 * dayMs)
  expect(now()).toBe(machine.wall())
})
