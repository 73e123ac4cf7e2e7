import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createFairQueue } from './fair-queue.ts'
import type { FairQueue } from './fair-queue.ts'

const oneSlot = { slots: 1, waitingPerKey: 10, waiting: 10 }
const nextTurn = () => new Promise((resolve) => setImmediate(resolve))
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

describe('rest', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('fair queue: rests three times as long as a use kept the thread busy', async () => {
    let busyMs = 0
    const queue = createFairQueue({ ...oneSlot, rest: 3, busyMs: () => busyMs })
    const first = await queue.enter('a')
    const second = vi.fn<(slot: Disposable | null) => void>()
    void queue.enter('b').then(second)
    busyMs = 10
    // Waiting for a database does not count.
    await vi.advanceTimersByTimeAsync(1_000)
    first?.[Symbol.dispose]()
    await vi.advanceTimersByTimeAsync(29)
    expect(second).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(2)
    expect(second).toHaveBeenCalledOnce()
  })

  test('fair queue: rests for the response that follows a use in the same turn', async () => {
    let busyMs = 0
    const queue = createFairQueue({ ...oneSlot, rest: 3, busyMs: () => busyMs })
    const first = await queue.enter('a')
    const second = vi.fn<(slot: Disposable | null) => void>()
    void queue.enter('b').then(second)
    first?.[Symbol.dispose]()
    busyMs = 10
    await vi.advanceTimersByTimeAsync(29)
    expect(second).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(2)
    expect(second).toHaveBeenCalledOnce()
  })

  test('fair queue: does not rest after a use of less than a millisecond', async () => {
    let busyMs = 0
    const queue = createFairQueue({ ...oneSlot, rest: 3, busyMs: () => busyMs })
    const first = await queue.enter('a')
    busyMs = 0.9
    first?.[Symbol.dispose]()
    await nextTurn()
    queue.restAfter(0.9)
    expect(await queue.enter('b')).not.toBeNull()
  })

  test('fair queue: rests for a response that is made later', async () => {
    const queue = createFairQueue({ ...oneSlot, rest: 3, busyMs: () => 0 })
    queue.restAfter(10)
    const granted = vi.fn<(slot: Disposable | null) => void>()
    void queue.enter('a').then(granted)
    await vi.advanceTimersByTimeAsync(29)
    expect(granted).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(2)
    expect(granted).toHaveBeenCalledOnce()
  })

  test('fair queue: rests for the estimate only after a slot that was released early', async () => {
    let busyMs = 0
    const queue = createFairQueue({ ...oneSlot, rest: 3, busyMs: () => busyMs })
    const first = await queue.enter('a')
    const second = vi.fn<(slot: Disposable | null) => void>()
    void queue.enter('b').then(second)
    first?.releaseEarly(5)
    busyMs = 10
    await vi.advanceTimersByTimeAsync(14)
    expect(second).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(2)
    expect(second).toHaveBeenCalledOnce()
  })

  test('fair queue: all slots rest after a use of one', async () => {
    let busyMs = 0
    const queue = createFairQueue({ ...oneSlot, slots: 3, rest: 3, busyMs: () => busyMs })
    const slots = [await queue.enter('a', 'one'), await queue.enter('b', 'two')]
    const third = vi.fn<(slot: Disposable | null) => void>()
    busyMs = 10
    for (const slot of slots) slot?.[Symbol.dispose]()
    await nextTurn()
    void queue.enter('c', 'three').then(third)
    await vi.advanceTimersByTimeAsync(59)
    expect(third).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(2)
    expect(third).toHaveBeenCalledOnce()
  })
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
