/**
 * Queues writers, first in, first out: SQLite has one writer at a time, and its own locks are not fair. A
 * writer that waits beyond its deadline leaves the queue, so one stuck writer cannot block the others
 * forever.
 */
export class WriterQueue {
  #isWriting = false
  readonly #waiting: (() => void)[] = []

  /**
   * Resolves when the caller may write; it must call `leave` afterwards.
   * @param deadline on the scale of `performance.now()`
   * @returns false when the deadline passed first; the caller is not in the queue then
   */
  enter(deadline: number): Promise<boolean> {
    if (!this.#isWriting) {
      this.#isWriting = true
      return Promise.resolve(true)
    }
    return new Promise((resolve) => {
      const start = () => {
        clearTimeout(timer)
        resolve(true)
      }
      const timer = setTimeout(
        () => {
          this.#waiting.splice(this.#waiting.indexOf(start), 1)
          resolve(false)
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
