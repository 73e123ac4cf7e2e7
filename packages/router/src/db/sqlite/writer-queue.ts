/**
 * Queues writers, first in, first out: SQLite has one writer at a time, and its own locks are not fair. A
 * writer that waits beyond its deadline leaves the queue, so one stuck writer cannot block the others
 * forever.
 */
export class WriterQueue {
  #isWriting = false
  readonly #waiting: (() => void)[] = []

  /**
   * Calls `begin` when the caller may write: now, or inside the `leave` of the writer before it. The caller
   * must call `leave` afterwards.
   * @param deadline on the scale of `performance.now()`
   * @returns what `begin` returns; undefined when the deadline passed first, and `begin` was not called
   */
  enter<T>(deadline: number, begin: () => Promise<T>): Promise<T | undefined> {
    if (!this.#isWriting) {
      this.#isWriting = true
      return begin()
    }
    return new Promise((resolve) => {
      const start = () => {
        clearTimeout(timer)
        resolve(begin())
      }
      const timer = setTimeout(
        () => {
          this.#waiting.splice(this.#waiting.indexOf(start), 1)
          resolve(undefined)
        },
        Math.max(0, deadline - performance.now()),
      )
      this.#waiting.push(start)
    })
  }

  leave(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#isWriting = false
    else next()
  }
}
