import { AsyncLocalStorage } from 'node:async_hooks'

/** One wait for the database: from asking for a connection to giving it back. */
export interface Wait extends Disposable {
  /** When the wait must be given up, on the scale of `performance.now()`. */
  readonly deadline: number
}

/**
 * Bounds how long a call waits for the database in all: for the queue of writers, a connection, locks, statements and retries.
 * Time in which a call does something else, such as hashing, does not count.
 */
export class WaitBudget {
  readonly #current = new AsyncLocalStorage<Share>()
  readonly #waitMs: number

  constructor(waitMs: number) {
    this.#waitMs = waitMs
  }

  /** A tenth: less than this is not worth beginning a commit with. */
  get leastMs(): number {
    return this.#waitMs / 10
  }

  /** Runs `work`, whose waits share this part of the budget; inside another `run` they also count there. */
  async run<T>(work: () => Promise<T>, part = 1): Promise<T> {
    const share = new Share(this.#waitMs * part, this.#open())
    try {
      return await this.#current.run(share, work)
    } finally {
      // Work that outlives the call, such as an event stream, keeps the store and has a budget for each wait.
      share.isOpen = false
    }
  }

  /** Begins a wait; dispose it when it is over. Outside of `run` it has a budget of its own. */
  start(): Wait {
    return (this.#open() ?? new Share(this.#waitMs)).start()
  }

  #open(): Share | undefined {
    const share = this.#current.getStore()
    return share?.isOpen === true ? share : undefined
  }
}

class Share {
  isOpen = true
  #leftMs: number
  #waiting = 0
  #since = 0
  readonly #outer: Share | undefined

  constructor(leftMs: number, outer?: Share) {
    this.#leftMs = leftMs
    this.#outer = outer
  }

  start(): Wait {
    const outer = this.#outer?.start()
    // Queries side by side wait at the same time, which counts once.
    if (this.#waiting === 0) this.#since = performance.now()
    this.#waiting += 1
    const deadline = Math.min(this.#since + this.#leftMs, outer?.deadline ?? Infinity)
    return {
      deadline,
      [Symbol.dispose]: () => {
        outer?.[Symbol.dispose]()
        this.#waiting -= 1
        if (this.#waiting === 0) this.#leftMs -= performance.now() - this.#since
      },
    }
  }
}
