import { AsyncLocalStorage } from 'node:async_hooks'
import { streamLimits } from '@app/contract'
import { andThen, orElse } from '../../awaitable.ts'
import type { Awaitable } from '../../awaitable.ts'
import type { Ticker } from '../../ports/interval.ts'
import { createStreamSlots } from './stream-slots.ts'
import type { StreamSlot, StreamSlots } from './stream-slots.ts'

/** The open streams of `sessions.events` in this process. */
export interface SessionStreams extends StreamSlots {
  /** Registers a new stream. A session or a user with too many loses the oldest. Dispose of it at the end. */
  open(session: { id: string; userId: string }, slot: StreamSlot): SessionStream
  /**
   * Makes the streams of this user read their state again, because it may have changed. A needless wake-up
   * costs a read; a missing one delays the event.
   */
  wake(userId: string): void
  /** The number of open streams. */
  readonly count: number
}

export interface SessionStream extends Disposable {
  /**
   * Checks the state at each wake-up until there is an event; at once the first time, or if a wake-up came
   * since the last check. A check without an event leaves nothing in memory: what thousands of streams would
   * keep from one check to the next, each garbage collection would copy.
   * @returns the event; null when the stream must end
   */
  next<Event>(watch: Watch<Event>): Promise<Event | null>
}

interface Watch<Event> {
  /** @returns null when there is no event */
  check(): Awaitable<Event | null>
}

/**
 * @param ticker wakes each stream regularly: for expiry, and for changes by other processes
 * @param limit of open streams in this process
 */
export function createSessionStreams(ticker: Ticker, limit: number): SessionStreams {
  /** The streams of each user, oldest first. */
  const openStreams = new Map<string, Set<OpenStream>>()
  /** Streams that must read their state. */
  const due = new Set<OpenStream>()

  /** Checks are not part of the call that wakes them, nor of its time for the database. */
  const outsideOfCalls = AsyncLocalStorage.snapshot()
  const wakeStream = (stream: OpenStream) => outsideOfCalls(() => stream.wake())

  /** Wakes one stream in each turn of the event loop: an account may have 50, and each costs a read. */
  const wakeNext = () => {
    const [next] = due
    if (next === undefined) return
    due.delete(next)
    wakeStream(next)
    if (due.size > 0) setImmediate(wakeNext)
  }

  const register = (stream: OpenStream) => {
    const ofUser = openStreams.get(stream.userId) ?? new Set()
    openStreams.set(stream.userId, ofUser.add(stream))
    const ofSession = [...ofUser].filter(({ sessionId }) => sessionId === stream.sessionId)
    if (ofSession.length > streamLimits.session) ofSession[0]?.close()
    if (ofUser.size > streamLimits.user) ofUser.values().next().value?.close()
  }
  const unregister = (stream: OpenStream) => {
    const ofUser = openStreams.get(stream.userId)
    ofUser?.delete(stream)
    if (ofUser?.size === 0) openStreams.delete(stream.userId)
  }

  return {
    ...createStreamSlots(limit),
    open: (session, slot) => {
      const stream = new OpenStream(session, unregister)
      stream.stopTicker = ticker(() => wakeStream(stream))
      register(stream)
      slot.onLost(() => stream.close())
      return stream
    },
    wake: (userId) => {
      const isWaking = due.size > 0
      for (const stream of openStreams.get(userId) ?? []) due.add(stream)
      if (!isWaking) wakeNext()
    },
    get count() {
      return [...openStreams.values()].reduce((sum, { size }) => sum + size, 0)
    },
  }
}

/** A call of `next` that waits. */
interface Waiting {
  check(): Awaitable<unknown>
  resolve(event: unknown): void
  reject(cause: unknown): void
}

/** A class, because there are tens of thousands, and closures take more memory than fields. */
class OpenStream implements SessionStream {
  readonly sessionId: string
  readonly userId: string
  #isDue = true
  #isChecking = false
  #isClosed = false
  #waiting: Waiting | undefined
  readonly #onClose: (stream: OpenStream) => void
  stopTicker: (() => void) | undefined

  constructor({ id, userId }: { id: string; userId: string }, onClose: (stream: OpenStream) => void) {
    this.sessionId = id
    this.userId = userId
    this.#onClose = onClose
  }

  wake(): void {
    this.#isDue = true
    this.#check()
  }

  /** Frees the stream immediately: its client may not read, and its socket close much later. */
  close(): void {
    this.#isClosed = true
    this.#onClose(this)
    this.#settle()?.resolve(null)
  }

  next<Event>(watch: Watch<Event>): Promise<Event | null> {
    if (this.#isClosed) return Promise.resolve(null)
    const { promise, resolve, reject } = Promise.withResolvers<Event | null>()
    this.#waiting = { check: () => watch.check(), resolve, reject }
    this.#check()
    return promise
  }

  #check(): void {
    if (!this.#isDue || this.#isChecking || this.#waiting === undefined) return
    this.#isDue = false
    this.#isChecking = true
    const { check } = this.#waiting
    const end = (event: unknown) => {
      this.#isChecking = false
      if (event === null) this.#check()
      else this.#settle()?.resolve(event)
    }
    const fail = (cause: unknown) => this.#settle()?.reject(cause)
    void orElse<void>(() => andThen(check(), end), fail)
  }

  #settle(): Waiting | undefined {
    const waiting = this.#waiting
    this.#waiting = undefined
    return waiting
  }

  [Symbol.dispose](): void {
    this.stopTicker?.()
    this.#onClose(this)
  }
}
