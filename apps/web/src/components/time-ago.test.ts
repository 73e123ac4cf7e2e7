import { expect, test } from 'vitest'
import { timeAgo } from './time-ago.ts'

const now = '2026-11-24T12:00:00.000Z'
const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

test.each([
  ['2026-11-24T12:05:00.000Z', 0, 'second'],
  ['2026-11-24T11:59:01.000Z', 59, 'second'],
  ['2026-11-24T11:59:00.000Z', 1, 'minute'],
  ['2026-11-24T11:00:01.000Z', 59, 'minute'],
  ['2026-11-24T11:00:00.000Z', 1, 'hour'],
  ['2026-11-23T12:00:01.000Z', 23, 'hour'],
  ['2026-11-23T12:00:00.000Z', 1, 'day'],
  ['2026-10-25T12:00:00.000Z', 1, 'month'],
] as const)('%s was %i %ss ago', (at, count, unit) => {
  expect(timeAgo(at, Date.parse(now))).toBe(words.format(-count, unit))
})
