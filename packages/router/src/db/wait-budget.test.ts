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
  test('is one for all waits of a call, and what lies between them does not count', async () => {
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

  test('counts waits side by side once', async () => {
    const budget = new WaitBudget(5_000)
    await budget.run(async () => {
      const first = budget.start()
      vi.advanceTimersByTime(1_000)
      wait(budget, 1_000)
      first[Symbol.dispose]()
      expect(leftNow(budget)).toBe(3_000)
    })
  })

  test('has parts, which end sooner and leave the rest', async () => {
    const budget = new WaitBudget(5_000)
    await budget.run(async () => {
      await budget.run(async () => {
        expect(leftNow(budget)).toBe(1_000)
        wait(budget, 1_000)
      }, 0.2)
      expect(leftNow(budget)).toBe(4_000)
    })
  })

  test('is one for all calls of a request, one after the other', async () => {
    const budget = new WaitBudget(5_000)
    const run = budget.open()
    await run(async () => wait(budget, 2_000))
    await run(async () => expect(leftNow(budget)).toBe(3_000))
    await budget.open(1_000)(async () => expect(leftNow(budget)).toBe(4_000))
    await budget.open(60_000)(async () => expect(leftNow(budget)).toBe(500))
  })

  test('gives up a turn in a queue, and gives it back when it comes', async () => {
    vi.useFakeTimers()
    const budget = new WaitBudget(5_000)
    const turn = Promise.withResolvers<Disposable>()
    const waiting = budget.waitFor(turn.promise).then(() => 'had its turn', String)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await waiting).toContain('for too long')
    const dispose = vi.fn<() => void>()
    turn.resolve({ [Symbol.dispose]: dispose })
    await vi.advanceTimersByTimeAsync(0)
    expect(dispose).toHaveBeenCalledOnce()
  })

  test('is a whole one for each wait outside of a call, also of work that outlives its call', async () => {
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
})
