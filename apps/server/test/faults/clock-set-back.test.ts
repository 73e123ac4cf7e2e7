import { createSteadyClock } from '@app/router'
import { expect, test, vi } from 'vitest'

import { testApp } from '../../src/testing/test-app.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'
import { newUser } from '../support/visitors.ts'

const hourMs = 3_600_000

/** The clock of a machine, which `setBack` changes while time goes on. */
function machineClock(onSetBack?: (ms: number) => void) {
  let [wallMs, passedMs] = [Date.now(), 0]
  const now = createSteadyClock({
    wall: () => wallMs,
    monotonic: () => passedMs,
    ...(onSetBack === undefined ? {} : { onSetBack }),
  })
  return {
    now,
    wall: () => wallMs,
    setBack: (ms: number) => {
      wallMs -= ms
    },
    advance: (ms: number) => {
      now()
      wallMs += ms
      passedMs += ms
    },
  }
}

test('a clock that is set back: a pause after wrong passwords lasts, and ends in time', async () => {
  const clock = machineClock()
  await using app = await testApp({ clock })
  const { username } = await newUser(app)
  const guess = async () =>
    reasonIn(await post(app.url, 'auth.login', { username, password: 'not the password' }))
  for (let count = 0; count < 5; count += 1) expect(await guess()).toBe('INVALID_CREDENTIALS')
  clock.setBack(2 * hourMs)
  expect(await guess()).toBe('RATE_LIMITED')
  clock.advance(31_000)
  expect(await guess()).toBe('INVALID_CREDENTIALS')
})

test('a clock that is set back: a session that was over stays over', async () => {
  const clock = machineClock()
  await using app = await testApp({ clock })
  const { cookie } = await newUser(app)
  clock.advance(hourMs + 1)
  clock.setBack(hourMs)
  expect((await get(app.url, 'account.me', cookie)).status).toBe(401)
})

test('steady clock: waits for the machine, follows small corrections, and does not keep a wrong year', () => {
  const onSetBack = vi.fn<(ms: number) => void>()
  const clock = machineClock(onSetBack)
  const begun = clock.now()
  clock.setBack(1_500)
  expect(clock.now()).toBe(begun)
  clock.advance(1_500)
  expect([clock.now(), clock.wall()]).toEqual([begun, begun])
  clock.setBack(hourMs)
  clock.advance(60_000)
  expect(clock.now()).toBe(begun + 60_000)
  clock.setBack(-hourMs)
  expect([clock.now(), clock.wall()]).toEqual([begun + 60_000, begun + 60_000])
  expect(onSetBack.mock.calls).toEqual([[hourMs]])
  clock.setBack(365 * 24 * hourMs)
  expect(clock.now()).toBe(clock.wall())
})
