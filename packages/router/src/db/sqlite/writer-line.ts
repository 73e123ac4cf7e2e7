/**
 * First in, first out: SQLite has one writer at a time, and its own locks are won by whoever asks at the
 * right moment. Whoever waits longer than its deadline leaves the line, so that one stuck writer cannot hold
 * the others for ever.
 */
export class WriterLine {
  #occupied = false
  readonly #waiting: (() => void)[] = []

  /**
   * Resolves when the caller is at the head; it must call `leave` afterwards.
   * @param deadline on the scale of `performance.now()`
   * @returns false when the deadline passed first; the caller is not in the line then
   */
  enter(deadline: number): Promise<boolean> {
    if (!this.#occupied) {
      this.#occupied = true
      return Promise.resolve(true)
    }
    return new Promise((resolve) => {
      const turn = () => {
        clearTimeout(timer)
        resolve(true)
      }
      const timer = setTimeout(
        () => {
          this.#waiting.splice(this.#waiting.indexOf(turn), 1)
          resolve(false)
        },
        Math.max(0, deadline - performance.now()),
      )
      this.#waiting.push(turn)
    })
  }

  leave(): void {
    const next = this.#waiting.shift()
    if (next === undefined) this.#occupied = false
    else next()
  }
}
