import { streamLimits } from '@app/contract'
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
   * Resolves at the next wake-up, or immediately if one came before.
   * @returns false when the stream must end
   */
  nextWake(): Promise<boolean>
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

  /** Wakes one stream in each turn of the event loop: an account may have 50, and each costs a read. */
  const wakeNext = () => {
    const [next] = due
    if (next === undefined) return
    due.delete(next)
    next.wake()
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
      const stream = new OpenStream(session, { ticker, onClose: unregister })
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

interface OpenStreamDeps {
  ticker: Ticker
  onClose: (stream: OpenStream) => void
}

/** A class, because there are tens of thousands, and closures take more memory than fields. */
class OpenStream implements SessionStream {
  readonly sessionId: string
  readonly userId: string
  #isDue = false
  #isClosed = false
  /** Set while `nextWake` waits. */
  #resolve: (() => void) | undefined
  readonly #onClose: OpenStreamDeps['onClose']
  readonly #stopTicker: () => void

  constructor({ id, userId }: { id: string; userId: string }, { ticker, onClose }: OpenStreamDeps) {
    this.sessionId = id
    this.userId = userId
    this.#onClose = onClose
    this.#stopTicker = ticker(() => this.wake())
  }

  wake(): void {
    this.#isDue = true
    this.#resolve?.()
  }

  /** Frees the stream immediately: its client may not read, and its socket close much later. */
  close(): void {
    this.#isClosed = true
    this.#onClose(this)
    this.#resolve?.()
  }

  async nextWake(): Promise<boolean> {
    if (!this.#isDue && !this.#isClosed) await this.#wait()
    this.#isDue = false
    return !this.#isClosed
  }

  #wait(): Promise<void> {
    return new Promise((resolve) => {
      this.#resolve = resolve
    })
  }

  [Symbol.dispose](): void {
    this.#stopTicker()
    this.#onClose(this)
  }
}
