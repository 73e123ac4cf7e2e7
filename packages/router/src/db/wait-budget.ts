import { AsyncLocalStorage } from 'node:async_hooks'
import type { Awaitable } from '../awaitable.ts'
import { busyMsOfThread } from '../busy-ms.ts'
import type { QueueCaller } from '../fair-order.ts'
import { DatabaseUnavailable } from './database-unavailable.ts'

/** One wait for the database, from the request for a connection until its release. */
export interface Wait extends Disposable {
  /** When the wait must end, on the scale of `performance.now()`. */
  readonly deadline: number
  /** Returns the caller to whom writes are charged. */
  readonly caller: () => QueueCaller
}

/** Work outside of a call: sweeps, mails, probes, commands. */
const ofServer: QueueCaller = { key: 'server', network: 'server' }

/** Runs work within a wait budget. */
export type Run = <T>(work: () => Awaitable<T>) => Awaitable<T>

/**
 * Bounds the total time that a call waits for the database: for the writer queue, a connection, locks,
 * statements and retries. Time that a call spends otherwise, such as on hashing, does not count.
 */
export class WaitBudget {
  readonly #current = new AsyncLocalStorage<Share>()
  readonly #waitMs: number
  readonly #busyMs: () => number

  /** @param busyMs returns for how many milliseconds this thread has been busy */
  constructor(waitMs: number, busyMs = busyMsOfThread) {
    this.#waitMs = waitMs
    this.#busyMs = busyMs
  }

  /** A tenth of the budget: with less left a commit does not begin. */
  get leastMs(): number {
    return this.#waitMs / 10
  }

  /**
   * Runs `work` with this part of the budget, shared by its waits. Inside another `run` they count there too.
   */
  async run<T>(work: () => Promise<T>, part = 1): Promise<T> {
    return this.runFor(this.#waitMs * part, work)
  }

  /** The same with this time. */
  async runFor<T>(waitMs: number, work: () => Promise<T>): Promise<T> {
    return this.#runIn(this.#newShare(waitMs, { outer: this.#open() }), work)
  }

  /**
   * Returns a `run` with one budget for all work that it runs, simultaneous or successive.
   * @param caller returns the caller to whom writes are charged. Default: the server itself
   */
  open(waitedMs = 0, caller?: () => QueueCaller): Run {
    const share = this.#newShare(Math.max(this.leastMs, this.#waitMs - waitedMs), { caller })
    return (work) => this.#runIn(share, work)
  }

  /**
   * Waits for a slot of a queue in front of the database. The time counts as waiting for the database.
   * @throws DatabaseUnavailable when the budget is spent; a slot that comes later is released
   */
  async waitFor<T extends Disposable | null>(slot: Promise<T>): Promise<T> {
    using wait = this.start()
    const late = Promise.withResolvers<never>()
    const timer = setTimeout(
      () => {
        late.reject(new DatabaseUnavailable('Other calls kept the database for too long.'))
        void slot.then((unused) => unused?.[Symbol.dispose]())
      },
      Math.max(0, wait.deadline - performance.now()),
    )
    try {
      return await Promise.race([slot, late.promise])
    } finally {
      clearTimeout(timer)
    }
  }

  /**
   * Begins to measure for how long the call uses this thread. While a call waits for the database, the thread
   * works for others, which does not count.
   * @returns a function that returns the milliseconds until now
   */
  measureUse(): () => number {
    const share = this.#open()
    const used = () => this.#busyMs() - (share?.busyWhileWaitingMs ?? 0)
    const before = used()
    return () => used() - before
  }

  #runIn<T>(share: Share, work: () => Awaitable<T>): Awaitable<T> {
    const end = () => void (share.running -= 1)
    let result: Awaitable<T> | undefined
    share.running += 1
    try {
      result = this.#current.run(share, work)
      return result instanceof Promise ? result.finally(end) : result
    } finally {
      if (!(result instanceof Promise)) end()
    }
  }

  /** Begins a wait; dispose it at its end. Outside of `run` it has its own budget. */
  start(): Wait {
    return (this.#open() ?? this.#newShare(this.#waitMs)).start()
  }

  #newShare(leftMs: number, options: Omit<ShareOptions, 'busyMs'> = {}): Share {
    return new Share(leftMs, { ...options, busyMs: this.#busyMs })
  }

  #open(): Share | undefined {
    const share = this.#current.getStore()
    // Work that outlives its call, such as an event stream, keeps the store and has a budget for each wait.
    return share !== undefined && share.running > 0 ? share : undefined
  }
}

interface ShareOptions {
  busyMs: () => number
  outer?: Share | undefined
  caller?: (() => QueueCaller) | undefined
}

class Share {
  running = 0
  /** For how long this thread was busy in the waits that have ended. */
  busyWhileWaitingMs = 0
  #busyBefore = 0
  #leftMs: number
  #waiting = 0
  #since = 0
  readonly #outer: Share | undefined
  readonly #caller: () => QueueCaller
  readonly #busyMs: () => number

  constructor(leftMs: number, { busyMs, outer, caller = () => ofServer }: ShareOptions) {
    this.#leftMs = leftMs
    this.#busyMs = busyMs
    this.#outer = outer
    this.#caller = outer === undefined ? caller : outer.#caller
  }

  start(): Wait {
    const outer = this.#outer?.start()
    // Simultaneous queries wait at the same time, which counts once.
    if (this.#waiting === 0) {
      this.#since = performance.now()
      this.#busyBefore = this.#busyMs()
    }
    this.#waiting += 1
    const deadline = Math.min(this.#since + this.#leftMs, outer?.deadline ?? Infinity)
    const end = () => {
      outer?.[Symbol.dispose]()
      this.#waiting -= 1
      if (this.#waiting > 0) return
      this.#leftMs -= performance.now() - this.#since
      this.busyWhileWaitingMs += this.#busyMs() - this.#busyBefore
    }
    return { deadline, caller: this.#caller, [Symbol.dispose]: end }
  }
}
