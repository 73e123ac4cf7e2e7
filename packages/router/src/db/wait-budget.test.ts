import { AsyncLocalStorage } from 'node:async_hooks'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { WaitBudget } from './wait-budget.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

const left = (deadline: number) => deadline - performance.now()

function wait(budget: WaitBudget, ms: number): void {
  using _wait = budget.start()
  vi.advanceTimersByTime(ms)
}

function leftNow(budget: WaitBudget): number {
  using current = budget.start()
  return left(current.deadline)
}

describe('the budget of waiting for the database', () => {
  test('wait budget: all waits of a call share it, and the time between them does not count', async () => {
    const budget = new WaitBudget(5_000)
    await budget.run(async () => {
      wait(budget, 2_000)
      vi.advanceTimersByTime(60_000)
      wait(budget, 1_000)
      expect(leftNow(budget)).toBe(2_000)
      await budget.run(async () => wait(budget, 500))
      expect(leftNow(budget)).toBe(1_500)
    })
  })

  test('wait budget: simultaneous waits count once', async () => {
    const budget = new WaitBudget(5_000)
    await budget.run(async () => {
      const first = budget.start()
      vi.advanceTimersByTime(1_000)
      wait(budget, 1_000)
      first[Symbol.dispose]()
      expect(leftNow(budget)).toBe(3_000)
    })
  })

  test('wait budget: a part ends sooner and leaves the rest', async () => {
    const budget = new WaitBudget(5_000)
    await budget.run(async () => {
      await budget.run(async () => {
        expect(leftNow(budget)).toBe(1_000)
        wait(budget, 1_000)
      }, 0.2)
      expect(leftNow(budget)).toBe(4_000)
    })
  })

  test('wait budget: work that ends at once returns its value or throws, and has left the budget', () => {
    const budget = new WaitBudget(5_000)
    const run = budget.open()
    let readLater = () => 0
    const work = () => {
      readLater = AsyncLocalStorage.bind(() => leftNow(budget))
      wait(budget, 1_000)
      return 'value'
    }
    expect(run(work)).toBe('value')
    expect(readLater()).toBe(5_000)
    const fails = () => {
      work()
      throw new Error('no')
    }
    expect(() => run(fails)).toThrow('no')
    expect(readLater()).toBe(5_000)
  })

  test('wait budget: all calls of a request share it', async () => {
    const budget = new WaitBudget(5_000)
    const run = budget.open()
    await run(async () => wait(budget, 2_000))
    await run(async () => expect(leftNow(budget)).toBe(3_000))
    await budget.open(1_000)(async () => expect(leftNow(budget)).toBe(4_000))
    await budget.open(60_000)(async () => expect(leftNow(budget)).toBe(500))
  })

  test('wait budget: gives up a slot in a queue and releases it when it comes', async () => {
    vi.useFakeTimers()
    const budget = new WaitBudget(5_000)
    const slot = Promise.withResolvers<Disposable>()
    const waiting = budget.waitFor(slot.promise).then(() => 'had its slot', String)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await waiting).toContain('for too long')
    const dispose = vi.fn<() => void>()
    slot.resolve({ [Symbol.dispose]: dispose })
    await vi.advanceTimersByTimeAsync(0)
    expect(dispose).toHaveBeenCalledOnce()
  })

  test('wait budget: each wait outside of a call has a whole one, also in work that outlives its call', async () => {
    const budget = new WaitBudget(5_000)
    const over = Promise.withResolvers<void>()
    const later = await budget.run(async () => {
      wait(budget, 4_000)
      return { left: over.promise.then(() => leftNow(budget)) }
    })
    over.resolve()
    expect(await later.left).toBe(5_000)
    wait(budget, 4_000)
    expect(leftNow(budget)).toBe(5_000)
  })

  test('wait budget: the use of a call leaves out what this thread did for others in its waits', async () => {
    let busyMs = 100
    const budget = new WaitBudget(5_000, () => busyMs)
    await budget.run(async () => {
      const usedMs = budget.measureUse()
      busyMs += 3
      const [first, second] = [budget.start(), budget.start()]
      busyMs += 40
      first[Symbol.dispose]()
      busyMs += 40
      second[Symbol.dispose]()
      busyMs += 4
      expect(usedMs()).toBe(7)
      expect(budget.measureUse()()).toBe(0)
    })
    const outside = budget.measureUse()
    busyMs += 5
    expect(outside()).toBe(5)
  })
})
