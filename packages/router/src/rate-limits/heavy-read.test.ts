import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WaitBudget } from '../db/wait-budget.ts'
import { createFairQueue } from './fair-queue.ts'
import type { FairQueue } from './fair-queue.ts'
import { heavyReadSlot } from './heavy-read.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

/** The caller of `heavyReadSlot`. Sound as its argument: it uses no more of the database. */
function callerOf(heavyReads: FairQueue, budget: WaitBudget) {
  const db = { waitForSlot: budget.waitFor.bind(budget), measureUse: budget.measureUse.bind(budget) }
  return { heavyReads, db, request: { ip: '192.0.2.1' } } as never
}

/** A heavy read of a call whose database answers after 40 ms, in which this thread works for others. */
async function readBesideOthers({ ownMs }: { ownMs: number }) {
  let busyMs = 0
  const heavyReads = createFairQueue({
    slots: 1,
    waitingPerKey: 1,
    waiting: 9,
    rest: 8,
    busyMs: () => busyMs,
  })
  const budget = new WaitBudget(5_000, () => busyMs)
  const caller = callerOf(heavyReads, budget)
  await budget.run(async () => {
    using _slot = await heavyReadSlot(caller, 'ada', undefined)
    const wait = budget.start()
    busyMs += 40
    wait[Symbol.dispose]()
    busyMs += ownMs
  })
  await new Promise((resolve) => void setImmediate(resolve))
  const granted = vi.fn<() => void>()
  void heavyReads.enter('grace').then(granted)
  return granted
}

test('heavy read: no read waits for what the thread did for others while the database answered', async () => {
  const granted = await readBesideOthers({ ownMs: 0.9 })
  await vi.advanceTimersByTimeAsync(0)
  expect(granted).toHaveBeenCalledOnce()
})

test('heavy read: the next one waits eight times as long as the call itself kept the thread busy', async () => {
  const granted = await readBesideOthers({ ownMs: 2 })
  await vi.advanceTimersByTimeAsync(15)
  expect(granted).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(2)
  expect(granted).toHaveBeenCalledOnce()
})

test('heavy read: a call that has waited too long leaves the queue', async () => {
  const heavyReads = createFairQueue({ slots: 1, waitingPerKey: 9, waiting: 9 })
  const budget = new WaitBudget(5_000)
  const caller = callerOf(heavyReads, budget)
  using _slot = await heavyReads.enter('grace')
  const late = budget.run(() => heavyReadSlot(caller, 'ada', undefined)).catch(String)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(await late).toContain('Other calls kept the database for too long.')
  expect(heavyReads.load()).toEqual({ running: 1, waiting: 0 })
})
