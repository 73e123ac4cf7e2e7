import { expect, test } from 'vitest'
import { createFairQueue } from './fair-queue.ts'
import type { FairQueue } from './fair-queue.ts'

const eventLoopTurns = () => new Promise((resolve) => setTimeout(resolve, 5))

/** Enters for each key and releases each slot immediately. @returns the keys in the order of their slots */
async function orderOf(queue: FairQueue, keys: readonly string[]): Promise<string[]> {
  const order: string[] = []
  await Promise.all(
    keys.map(async (key) => {
      using slot = await queue.enter(key)
      if (slot !== null) order.push(key)
    }),
  )
  return order
}

test('fair queue: a key with many waiting delays another key by one slot', async () => {
  const queue = createFairQueue({ slots: 1, waitingPerKey: 10, waiting: 100 })
  expect(await orderOf(queue, ['a', 'a', 'a', 'a', 'b', 'c', 'b'])).toEqual([
    'a',
    'b',
    'c',
    'a',
    'b',
    'a',
    'a',
  ])
  await expect.poll(() => queue.load()).toEqual({ running: 0, waiting: 0 })
})

test('fair queue: a key has one slot at a time, however many are free', async () => {
  const queue = createFairQueue({ slots: 3, waitingPerKey: 10, waiting: 100 })
  const first = await queue.enter('a')
  let hasSecond = false
  const second = queue.enter('a').then((slot) => {
    hasSecond = true
    return slot
  })
  const other = await queue.enter('b')
  await eventLoopTurns()
  expect([hasSecond, queue.load()]).toEqual([false, { running: 2, waiting: 1 }])
  first?.[Symbol.dispose]()
  first?.[Symbol.dispose]()
  ;(await second)?.[Symbol.dispose]()
  other?.[Symbol.dispose]()
  await expect.poll(() => queue.load()).toEqual({ running: 0, waiting: 0 })
})

test('fair queue: rejects callers beyond the limits of a key and of the queue', async () => {
  const queue = createFairQueue({ slots: 1, waitingPerKey: 2, waiting: 3 })
  using _running = await queue.enter('a')
  for (const key of ['a', 'a', 'b']) void queue.enter(key)
  expect(await queue.enter('a')).toBeNull()
  expect(await queue.enter('c')).toBeNull()
  expect(queue.load()).toEqual({ running: 1, waiting: 3 })
})

test('fair queue: bounds the slots of the keys of one network, not of another', async () => {
  const queue = createFairQueue({ slots: 3, slotsPerNetwork: 1, waitingPerKey: 10, waiting: 100 })
  const first = await queue.enter('a', '2001:db8:1')
  const begun: string[] = []
  const enter = async (key: string, network: string) => {
    const slot = await queue.enter(key, network)
    begun.push(key)
    return slot
  }
  const second = enter('b', '2001:db8:1')
  using _other = await enter('c', '198.51.100')
  await eventLoopTurns()
  expect(begun).toEqual(['c'])
  first?.[Symbol.dispose]()
  using _second = await second
  expect(begun).toEqual(['c', 'b'])
})

test('fair queue: the event loop turns once between two slots', async () => {
  const queue = createFairQueue({ slots: 1, waitingPerKey: 10, waiting: 10 })
  const steps: string[] = []
  const use = async (name: string) => {
    using _slot = await queue.enter('a')
    steps.push(name)
    setImmediate(() => steps.push(`after ${name}`))
  }
  await Promise.all([use('one'), use('two')])
  expect(steps.slice(0, 3)).toEqual(['one', 'after one', 'two'])
})

test('fair queue: a caller that leaves gets no slot and frees its place', async () => {
  const queue = createFairQueue({ slots: 1, waitingPerKey: 2, waiting: 2 })
  const first = await queue.enter('a')
  const left = new AbortController()
  const leaving = queue.enter('b', '', left.signal)
  const staying = queue.enter('b')
  expect(await queue.enter('b')).toBeNull()
  left.abort()
  expect(await leaving).toBeNull()
  expect(queue.load()).toEqual({ running: 1, waiting: 1 })
  const last = queue.enter('c', '', new AbortController().signal)
  first?.[Symbol.dispose]()
  const slot = await staying
  expect(await queue.enter('d', '', left.signal)).toBeNull()
  slot?.[Symbol.dispose]()
  expect(await last).not.toBeNull()
  expect(queue.load()).toEqual({ running: 1, waiting: 0 })
})

test('fair queue: a network with forty waiting keys delays a key of another network by one slot', async () => {
  const queue = createFairQueue({ slots: 1, waitingPerKey: 10, waiting: 200 })
  const order: string[] = []
  const enter = async (key: string, network: string) => {
    using slot = await queue.enter(key, network)
    if (slot !== null) order.push(key)
  }
  const flood = Array.from({ length: 40 }, (_, count) => [`a${count}`, `a${count}`]).flat()
  await Promise.all([
    ...flood.map((key) => enter(key, '2001:db8:1')),
    enter('honest', '198.51.100'),
    enter('honest', '198.51.100'),
  ])
  expect([order.indexOf('honest'), order.lastIndexOf('honest'), order.length]).toEqual([1, 3, 82])
})
