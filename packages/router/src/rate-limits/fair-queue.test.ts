import { expect, test, vi } from 'vitest'
import { createFairQueue } from './fair-queue.ts'
import type { FairQueue } from './fair-queue.ts'

const turns = () => new Promise((resolve) => setTimeout(resolve, 5))

/** Asks for a turn for each key and ends each at once. @returns the keys in the order of their turns */
async function orderOf(queue: FairQueue, keys: readonly string[]): Promise<string[]> {
  const order: string[] = []
  await Promise.all(
    keys.map(async (key) => {
      using turn = await queue.enter(key)
      if (turn !== null) order.push(key)
    }),
  )
  return order
}

test('fair queue: a key with many waiting delays another one by one turn', async () => {
  const queue = createFairQueue({ atOnce: 1, waitingPerKey: 10, waiting: 100 })
  expect(await orderOf(queue, ['a', 'a', 'a', 'a', 'b', 'c', 'b'])).toEqual([
    'a',
    'b',
    'c',
    'a',
    'b',
    'a',
    'a',
  ])
  await turns()
  expect(queue.load()).toEqual({ running: 0, waiting: 0 })
})

test('fair queue: a key has one turn at a time, however many are free', async () => {
  const queue = createFairQueue({ atOnce: 3, waitingPerKey: 10, waiting: 100 })
  const first = await queue.enter('a')
  let hasSecond = false
  const second = queue.enter('a').then((turn) => {
    hasSecond = true
    return turn
  })
  const other = await queue.enter('b')
  await turns()
  expect([hasSecond, queue.load()]).toEqual([false, { running: 2, waiting: 1 }])
  first?.[Symbol.dispose]()
  first?.[Symbol.dispose]()
  ;(await second)?.[Symbol.dispose]()
  other?.[Symbol.dispose]()
  await turns()
  expect(queue.load()).toEqual({ running: 0, waiting: 0 })
})

test('fair queue: refuses what waits beyond the bounds of a key and of all', async () => {
  const queue = createFairQueue({ atOnce: 1, waitingPerKey: 2, waiting: 3 })
  using _running = await queue.enter('a')
  for (const key of ['a', 'a', 'b']) void queue.enter(key)
  expect(await queue.enter('a')).toBeNull()
  expect(await queue.enter('c')).toBeNull()
  expect(queue.load()).toEqual({ running: 1, waiting: 3 })
})

test('fair queue: the keys of a network have so many turns at a time, those of another theirs', async () => {
  const queue = createFairQueue({ atOnce: 3, atOncePerNetwork: 1, waitingPerKey: 10, waiting: 100 })
  const first = await queue.enter('a', '2001:db8:1')
  const begun: string[] = []
  const enter = async (key: string, network: string) => {
    const turn = await queue.enter(key, network)
    begun.push(key)
    return turn
  }
  const second = enter('b', '2001:db8:1')
  using _other = await enter('c', '198.51.100')
  await turns()
  expect(begun).toEqual(['c'])
  first?.[Symbol.dispose]()
  using _second = await second
  expect(begun).toEqual(['c', 'b'])
})

test('fair queue: the event loop goes around between two turns', async () => {
  const queue = createFairQueue({ atOnce: 1, waitingPerKey: 10, waiting: 10 })
  const steps: string[] = []
  const turn = async (name: string) => {
    using _turn = await queue.enter('a')
    steps.push(name)
    setImmediate(() => steps.push(`after ${name}`))
  }
  await Promise.all([turn('one'), turn('two')])
  expect(steps.slice(0, 3)).toEqual(['one', 'after one', 'two'])
})

test('fair queue: a turn keeps its place for three times as long as it took', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] })
  const queue = createFairQueue({ atOnce: 1, waitingPerKey: 10, waiting: 10, rest: 3 })
  const first = await queue.enter('a')
  const second = vi.fn<(turn: Disposable | null) => void>()
  void queue.enter('b').then(second)
  await vi.advanceTimersByTimeAsync(10)
  first?.[Symbol.dispose]()
  await vi.advanceTimersByTimeAsync(29)
  expect(second).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(second).toHaveBeenCalledOnce()
  vi.useRealTimers()
})

test('fair queue: a network with forty keys that wait delays a key of another network by one turn', async () => {
  const queue = createFairQueue({ atOnce: 1, waitingPerKey: 10, waiting: 200 })
  const order: string[] = []
  const ask = async (key: string, network: string) => {
    using turn = await queue.enter(key, network)
    if (turn !== null) order.push(key)
  }
  const flood = Array.from({ length: 40 }, (_, count) => [`a${count}`, `a${count}`]).flat()
  await Promise.all([
    ...flood.map((key) => ask(key, '2001:db8:1')),
    ask('honest', '198.51.100'),
    ask('honest', '198.51.100'),
  ])
  expect([order.indexOf('honest'), order.lastIndexOf('honest'), order.length]).toEqual([1, 3, 82])
})
