import { expect, test } from 'vitest'
import { report } from '../src/storm-report.ts'

test('report of a login storm: a target is not met by figures that nothing was measured for', () => {
  const round = {
    alonePerSecond: 5,
    idle: [new Float64Array()],
    storm: [new Float64Array()],
    logins: { completed: 0, completedMs: 0, busyMs: [], others: {} },
    cpuShare: 1,
    others: null,
  }
  const text = report(['account.me'], [round], 200)
  expect(text).toMatch(/^account\.me .*, target at most 3: not measured$/m)
  expect(text).toMatch(/^share of bcrypt alone: .*, target at least 0\.8: not measured$/m)
  expect(text).toMatch(/^BUSY: .*, target at most 100: not measured$/m)
})
