import { createSteadyClock } from '@app/router'
import { describeOnEach, migratedTestDatabase } from '@app/router/testing'
import { expect, test, vi } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'
import { newUser } from '../support/visitors.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** The clocks of a machine; `setBack` changes one of them. */
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

test('a clock that is set back: a pause after wrong passwords lasts, and ends in time', async () => {
  const machine = testMachine()
  await using app = await testApp({ machineClock: machine })
  const { username } = await newUser(app)
  for (let count = 0; count < 5; count += 1) expect(await guess(app, username)).toBe('INVALID_CREDENTIALS')
  machine.setBack(2 * hourMs)
  expect(await guess(app, username)).toBe('RATE_LIMITED')
  machine.advance(34_000)
  expect(await guess(app, username)).toBe('INVALID_CREDENTIALS')
})

test('a clock that is set back: an expired session stays expired', async () => {
  const machine = testMachine()
  await using app = await testApp({ machineClock: machine })
  const { cookie } = await newUser(app)
  machine.advance(hourMs + 1)
  expect(await statusOf(app, cookie)).toBe(401)
  machine.setBack(hourMs)
  expect(await statusOf(app, cookie)).toBe(401)
})

describeOnEach('a server that starts while the clock is set back', (databaseKind) => {
  test('keeps pauses and expired sessions, and says so', async () => {
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

  test('takes the time of the clock when it was ahead by more than a day', async () => {
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

test('a clock that jumps ahead by an hour: the server warns', async () => {
  const machine = testMachine()
  await using app = await testApp({ machineClock: machine })
  machine.setBack(-hourMs)
  await newUser(app)
  expect(warningsOf(app)).toEqual([expect.stringContaining('The clock jumped ahead')])
})

test('steady clock: waits for the machine, follows small corrections, and does not keep a wrong year', () => {
  const onSetBack = vi.fn<(ms: number) => void>()
  const machine = testMachine()
  const now = createSteadyClock({ machine, onSetBack })
  const begun = now()
  machine.setBack(1_500)
  expect(now()).toBe(begun)
  machine.advance(1_500)
  expect([now(), machine.wall()]).toEqual([begun, begun])
  machine.setBack(hourMs)
  machine.advance(60_000)
  expect(now()).toBe(begun + 54_000)
  machine.advance(10 * hourMs)
  expect([now() - machine.wall(), onSetBack.mock.calls]).toEqual([0, [[hourMs]]])
  machine.setBack(365 * dayMs)
  expect(now()).toBe(machine.wall())
})
