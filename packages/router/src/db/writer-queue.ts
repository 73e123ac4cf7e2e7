import { FairOrder } from '../fair-order.ts'
import type { Wait } from './wait-budget.ts'

/**
 * Queues writers in the order of FairOrder. SQLite has one at a time, and its own locks are not fair;
 * PostgreSQL has as many as the pool has connections. A writer that waits beyond its deadline leaves the
 * queue, so one stuck writer cannot block the others forever.
 */
export class WriterQueue {
  readonly #order = new FairOrder<() => void>()
  #free: number

  /** @param slots how many may write at the same time */
  constructor(slots: number) {
    this.#free = slots
  }

  /** Whether a writer that enters now must wait for another. */
  get isFull(): boolean {
    return this.#free === 0
  }

  /**
   * Calls `begin` when the caller may write: now, or inside the `leave` of another writer and then in its
   * async context. The caller must call `leave` afterwards.
   * @returns what `begin` returns; undefined when the deadline passed first, and `begin` was not called
   */
  enter<T>(wait: Pick<Wait, 'deadline' | 'caller'>, begin: () => Promise<T>): Promise<T | undefined> {
    const caller = wait.caller()
    if (this.#free > 0) {
      this.#free -= 1
      this.#order.count(caller)
      return begin()
    }
    return new Promise((resolve) => {
      const start = () => {
        clearTimeout(timer)
        resolve(begin())
      }
      const timer = setTimeout(
        () => {
          this.#order.remove(caller.key, start)
          resolve(undefined)
        },
        Math.max(0, wait.deadline - performance.now()),
      )
      this.#order.add(caller, start)
    })
  }

  leave(): void {
    const next = this.#order.take()
    if (next === undefined) this.#free += 1
    else next.item()
  }
}
