import { expect, test } from 'vitest'
import { targetOf } from '../src/verdict.ts'

test('target of a benchmark: is met, not met, or not measured', () => {
  expect(targetOf(0.7, 'at least', 0.7)).toBe('target at least 0.7: met')
  expect(targetOf(0.69, 'at least', 0.7)).toBe('target at least 0.7: not met')
  expect(targetOf(3, 'at most', 3)).toBe('target at most 3: met')
  expect(targetOf(3.01, 'at most', 3)).toBe('target at most 3: not met')
  expect(targetOf(499, 'below', 500, 'ms')).toBe('target below 500 ms: met')
  expect(targetOf(500, 'below', 500, 'ms')).toBe('target below 500 ms: not met')
  // The longest of no responses, a ratio to none, and the smallest and largest of none.
  for (const figure of [Number.NaN, 1 / 0, Math.min(), Math.max()]) {
    for (const bound of ['at least', 'at most', 'below'] as const)
      expect(targetOf(figure, bound, 3)).toBe(`target ${bound} 3: not measured`)
  }
})
