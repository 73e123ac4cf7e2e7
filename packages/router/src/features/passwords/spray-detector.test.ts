import { expect, test } from 'vitest'
import { createSprayDetector } from './spray-detector.ts'

function observed() {
  let nowMs = 0
  const detector = createSprayDetector({ factor: 1, now: () => nowMs })
  return {
    detector,
    advance: (ms: number) => (nowMs += ms),
    fail: (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) =>
        detector.failed({ account: `account ${from + index}`, address: `address ${from + index}` }),
      ).filter((report) => report !== null),
  }
}

test('spray detector: reports once in ten minutes that 20 accounts failed, and again in the next period', () => {
  const { detector, advance, fail } = observed()
  expect(fail(0, 19)).toEqual([])
  expect(fail(19, 40)).toEqual([{ accounts: 20, addresses: 20 }])
  expect(fail(0, 40)).toEqual([])
  advance(10 * 60_000)
  expect(detector.failingAccounts).toBe(0)
  expect(fail(0, 25)).toEqual([{ accounts: 20, addresses: 20 }])
  expect(detector.reports).toBe(2)
})

test('spray detector: does not report accounts that logged in after their failure, nor fewer than logged in', () => {
  const { detector, fail } = observed()
  for (let count = 0; count < 30; count += 1) {
    expect(fail(count, count + 1)).toEqual([])
    detector.succeeded(`account ${count}`)
  }
  expect(detector.failingAccounts).toBe(0)
  expect(fail(100, 130)).toEqual([])
  expect(fail(130, 131)).toEqual([{ accounts: 31, addresses: 61 }])
})

test('spray detector: stores at most 10,000 accounts', () => {
  const { detector, fail } = observed()
  fail(0, 10_500)
  expect(detector.failingAccounts).toBe(10_000)
})
