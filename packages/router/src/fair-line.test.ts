import { expect, test } from 'vitest'
import { FairLine } from './fair-line.ts'

/** Adds an item for each key and network, and takes all. @returns the keys in the order of their turns */
function turnsOf(
  line: FairLine<string>,
  waiting: readonly (readonly [key: string, network: string])[],
): (string | undefined)[] {
  for (const [key, network] of waiting) line.add({ key, network }, key)
  return Array.from({ length: waiting.length }, () => line.take()?.item)
}

test('fair line: a key that comes back waits behind one that had its turn before it', () => {
  const line = new FairLine<string>()
  for (const key of ['ada', 'grace', 'ada', 'grace']) line.add({ key, network: 'office' }, key)
  expect([line.take()?.item, line.take()?.item]).toEqual(['ada', 'grace'])
  line.add({ key: 'edith', network: 'office' }, 'edith')
  expect([line.take()?.item, line.take()?.item, line.take()?.item]).toEqual(['edith', 'ada', 'grace'])
})

test('fair line: a turn that needed no wait counts', () => {
  const line = new FairLine<string>()
  line.count({ key: 'ada', network: 'office' })
  const waiting = ['ada', 'ada', 'grace'].map((key) => [key, 'office'] as const)
  expect(turnsOf(line, waiting)).toEqual(['grace', 'ada', 'ada'])
})

test('fair line: a network with many keys delays another by one turn', () => {
  const waiting = ['a', 'b', 'c', 'd'].map((key) => [key, 'crowd'] as const)
  expect(turnsOf(new FairLine(), [...waiting, ['other', 'home']])).toEqual(['a', 'other', 'b', 'c', 'd'])
})

test('fair line: skips a key that may not go, and an item that was removed', () => {
  const line = new FairLine<string>()
  for (const key of ['ada', 'grace']) line.add({ key, network: 'office' }, key)
  expect(line.take(({ key }) => key !== 'ada')?.item).toBe('grace')
  expect([line.remove('ada', 'ada'), line.remove('ada', 'ada'), line.size]).toEqual([true, false, 0])
})
