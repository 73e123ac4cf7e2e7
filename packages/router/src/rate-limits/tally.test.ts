import { expect, test } from 'vitest'
import { createTally } from './tally.ts'

test('tally: sums by key, and keeps each sum while 5,000 other keys return to zero', () => {
  const tally = createTally()
  expect(tally.add('a', 2)).toBe(2)
  expect(tally.add('a', 1)).toBe(3)
  for (let key = 0; key < 5_000; key += 1) {
    expect(tally.add(String(key), 1)).toBe(1)
    expect(tally.add(String(key), -1)).toBe(0)
  }
  expect(['a', '0', '4999', 'unknown'].map(tally.of)).toEqual([3, 0, 0, 0])
})
