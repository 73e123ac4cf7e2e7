import { expect, test } from 'vitest'
import { planLine } from './test-plan.mjs'

const suite = { report: 'a/.cache/test-report.json', cached: false, seconds: 4 }

test('the plan: says how many suites run, and how long that takes', () => {
  expect(
    planLine([
      { ...suite, taskId: 'a#test', cached: true },
      { ...suite, taskId: 'b#test' },
      { ...suite, taskId: 'c#test', seconds: 30.6 },
    ]),
  ).toBe('3 suites, 1 unchanged, 2 to run in about 35 s: b#test 4 s, c#test 31 s.')
})

test('the plan: says that nothing changed', () => {
  expect(planLine([{ ...suite, taskId: 'a#test', cached: true }])).toBe('1 suite, 1 unchanged.')
})
