import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createFairQueue } from './fair-queue.ts'

const oneSlot = { slots: 1, waitingPerKey: 10, waiting: 10 }
const nextTurn = () => new Promise((resolve) => setImmediate(resolve))

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

test('fair queue: after quiet time, short uses do not wait for each other', async () => {
  const queue = createFairQueue({ ...oneSlot, rest: 3, mayOweMs: 20, busyMs: () => 0 })
  const granted = vi.fn<(slot: Disposable | null) => void>()
  for (const owedMs of [9, 18, 27]) {
    queue.restAfter(3)
    void queue.enter('a').then((slot) => {
      slot?.[Symbol.dispose]()
      granted(slot)
    })
    await nextTurn()
    expect(granted, `${owedMs} ms owed`).toHaveBeenCalledTimes(Math.min(owedMs / 9, 2))
  }
  await vi.advanceTimersByTimeAsync(6)
  expect(granted).toHaveBeenCalledTimes(2)
  await vi.advanceTimersByTimeAsync(2)
  expect(granted).toHaveBeenCalledTimes(3)
  // What was owed longer ago gives no second free use.
  await vi.advanceTimersByTimeAsync(10_000)
  queue.restAfter(50)
  void queue.enter('a').then(granted)
  await vi.advanceTimersByTimeAsync(29)
  expect(granted).toHaveBeenCalledTimes(3)
  await vi.advanceTimersByTimeAsync(2)
  expect(granted).toHaveBeenCalledTimes(4)
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

test('fair queue: rests at most 50 ms after a long use', async () => {
  const queue = createFairQueue({ ...oneSlot, rest: 3, busyMs: () => 0 })
  queue.restAfter(1_000)
  const granted = vi.fn<(slot: Disposable | null) => void>()
  void queue.enter('a').then(granted)
  await vi.advanceTimersByTimeAsync(49)
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
