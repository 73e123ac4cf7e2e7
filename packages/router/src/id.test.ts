import { expect, test } from 'vitest'
import { lowestId, newId, timeOfId } from './id.ts'

test('ids: those of one instant ascend, so events of one call keep their order', () => {
  const ids = Array.from({ length: 1_000 }, () => newId(1_000))
  expect(ids).toEqual([...new Set(ids)].toSorted())
  const ordered = [...ids, lowestId(1_001), newId(1_001)]
  expect(ordered).toEqual(ordered.toSorted())
  expect(new Set(ids.map(timeOfId))).toEqual(new Set([1_000]))
})

test('ids: each instant begins at another random place', () => {
  const firsts = [1, 2, 3, 4].map((ms) => newId(ms).slice(14))
  expect(new Set(firsts).size).toBe(4)
})
