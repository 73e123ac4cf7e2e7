import { setTimeout as sleep } from 'node:timers/promises'

/** Lets a closing database wait for running work and start no new work. */
export class RunningWork {
  readonly #running = new Set<Promise<unknown>>()
  #ended = false

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#ended) throw new Error('The database is closed.')
    const result = work()
    this.#running.add(result)
    try {
      return await result
    } finally {
      this.#running.delete(result)
    }
  }

  /**
   * Resolves when no work runs any more, or after `patienceMs`: work that never ends must not keep a process
   * alive.
   */
  async end(patienceMs: number): Promise<void> {
    this.#ended = true
    const patience = new AbortController()
    await Promise.race([
      Promise.allSettled(this.#running),
      // Rejects when it is aborted; by then no code awaits it.
      sleep(patienceMs, undefined, { signal: patience.signal }).catch(() => undefined),
    ])
    patience.abort()
  }
}
