import { expect, test } from 'vitest'
import { createRecentMap } from './recent-map.ts'

test('recent map: forgets a value after its lifetime, which a new value begins again', () => {
  let time = 0
  const map = createRecentMap<number>({ lifetimeMs: 60, now: () => time })
  map.set('a', 1)
  time = 59
  expect(map.get('a')).toBe(1)
  map.set('a', 2)
  time = 118
  expect(map.get('a')).toBe(2)
  time = 119
  expect(map.get('a')).toBeUndefined()
})

test('recent map: keeps the newest 10,000 values', () => {
  const map = createRecentMap<number>()
  for (let key = 0; key < 10_000; key += 1) map.set(String(key), key)
  map.set('0', 0)
  map.set('one more', 1)
  expect(['0', '1', '2', 'one more'].map(map.get)).toEqual([0, undefined, 2, 1])
  map.delete('2')
  expect(map.get('2')).toBeUndefined()
})
