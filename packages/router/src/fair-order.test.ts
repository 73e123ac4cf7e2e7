import { expect, test } from 'vitest'
import { FairOrder } from './fair-order.ts'

/** Adds an item for each key and network, and takes all. @returns the keys in the order of their turns */
function turnsOf(
  order: FairOrder<string>,
  waiting: readonly (readonly [key: string, network: string])[],
): (string | undefined)[] {
  for (const [key, network] of waiting) order.add({ key, network }, key)
  return Array.from({ length: waiting.length }, () => order.take()?.item)
}

test('fair order: a key that comes back waits behind one that had its turn before it', () => {
  const order = new FairOrder<string>()
  for (const key of ['ada', 'grace', 'ada', 'grace']) order.add({ key, network: 'office' }, key)
  expect([order.take()?.item, order.take()?.item]).toEqual(['ada', 'grace'])
  order.add({ key: 'edith', network: 'office' }, 'edith')
  expect([order.take()?.item, order.take()?.item, order.take()?.item]).toEqual(['edith', 'ada', 'grace'])
})

test('fair order: a turn that needed no wait counts', () => {
  const order = new FairOrder<string>()
  order.count({ key: 'ada', network: 'office' })
  const waiting = ['ada', 'ada', 'grace'].map((key) => [key, 'office'] as const)
  expect(turnsOf(order, waiting)).toEqual(['grace', 'ada', 'ada'])
})

test('fair order: a network with many keys delays another by one turn', () => {
  const waiting = ['a', 'b', 'c', 'd'].map((key) => [key, 'crowd'] as const)
  expect(turnsOf(new FairOrder(), [...waiting, ['other', 'home']])).toEqual(['a', 'other', 'b', 'c', 'd'])
})

test('fair order: skips a key that may not go, and an item that was removed', () => {
  const order = new FairOrder<string>()
  for (const key of ['ada', 'grace']) order.add({ key, network: 'office' }, key)
  expect(order.take(({ key }) => key !== 'ada')?.item).toBe('grace')
  expect([order.remove('ada', 'ada'), order.remove('ada', 'ada'), order.size]).toEqual([true, false, 0])
})

test('fair order: new networks that keep coming pass a network that had a turn for a while only', () => {
  const order = new FairOrder<string>()
  order.count({ key: 'ada', network: 'office' })
  order.add({ key: 'ada', network: 'office' }, 'ada')
  let turns = 0
  for (let next = 'none'; next !== 'ada' && turns < 500; turns += 1) {
    for (const part of ['a', 'b']) order.add({ key: `${part}${turns}`, network: `${part}${turns}` }, 'new')
    next = order.take()?.item ?? 'none'
  }
  expect(turns).toBeGreaterThan(10)
  expect(turns).toBeLessThan(300)
})
