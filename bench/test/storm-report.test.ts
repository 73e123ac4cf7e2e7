import { expect, test } from 'vitest'
import { report } from '../src/storm-report.ts'

test('report of a login storm: a target is not met by figures that nothing was measured for', () => {
  const round = {
    alonePerSecond: 5,
    idle: [new Float64Array()],
    storm: [new Float64Array()],
    logins: { completed: 0, completedMs: 0, longestMs: 0, busyMs: [], others: {} },
    cpuShare: 1,
    others: null,
  }
  const text = report(['account.me'], [round], 200)
  expect(text).toMatch(/^account\.me .*, target at most 3: not measured$/m)
  expect(text).toMatch(/^share of bcrypt alone: .*, target at least 0\.8: not measured$/m)
  expect(text).toMatch(/^BUSY: .*, target at most 100: not measured; p99 NaN ms$/m)
  expect(text).toMatch(/^longest BUSY: .*, target at most 1: not measured$/m)
})

test('report of a login storm: the longest BUSY is compared with the longest log-in', () => {
  const round = (longestMs: number, busyMs: number[]) => ({
    alonePerSecond: 5,
    idle: [Float64Array.of(1)],
    storm: [Float64Array.of(1)],
    logins: { completed: 4, completedMs: 1_000, longestMs, busyMs, others: {} },
    cpuShare: 1,
    others: null,
  })
  const text = report(['account.me'], [round(4_000, [60, 70, 3_000]), round(2_000, [80, 90])], 200)
  expect(text).toMatch(/^BUSY: 38 % of the answers, p50 80\.0 ms, target at most 100: met; p99 3000\.0 ms$/m)
  expect(text).toMatch(
    /^longest BUSY: 3000 ms; longest log-in: 4000 ms; ratio 0\.75, target at most 1: met$/m,
  )
})
