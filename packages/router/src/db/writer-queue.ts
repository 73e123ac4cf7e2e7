import { FairLine } from '../fair-line.ts'
import type { Wait } from './wait-budget.ts'

/**
 * Queues writers. On SQLite one may write at a time, whose own locks are not fair; on PostgreSQL as many as
 * there are connections. The next one is of the caller who waits since the longest time for a turn, so many
 * writes of one account delay those of another by one. A writer that waits beyond its deadline leaves the
 * queue, so one stuck writer cannot block the others forever.
 */
export class WriterQueue {
  readonly #line = new FairLine<() => void>()
  #free: number

  /** @param slots how many may write at the same time */
  constructor(slots: number) {
    this.#free = slots
  }

  /**
   * Calls `begin` when the caller may write: now, or inside the `leave` of another writer. The caller must
   * call `leave` afterwards.
   * @returns what `begin` returns; undefined when the deadline passed first, and `begin` was not called
   */
  enter<T>(wait: Pick<Wait, 'deadline' | 'waiter'>, begin: () => Promise<T>): Promise<T | undefined> {
    const waiter = wait.waiter()
    if (this.#free > 0) {
      this.#free -= 1
      this.#line.count(waiter)
      return begin()
    }
    return new Promise((resolve) => {
      const start = () => {
        clearTimeout(timer)
        resolve(begin())
      }
      const timer = setTimeout(
        () => {
          this.#line.remove(waiter.key, start)
          resolve(undefined)
        },
        Math.max(0, wait.deadline - performance.now()),
      )
      this.#line.add(waiter, start)
    })
  }

  leave(): void {
    const next = this.#line.take()
    if (next === undefined) this.#free += 1
    else next.item()
  }
}
