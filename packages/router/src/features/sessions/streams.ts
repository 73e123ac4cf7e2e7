import { streamLimits } from '@app/contract'
import type { Ticker } from '../../ports/interval.ts'
import { createFairShares } from '../../rate-limits/fair-shares.ts'
import { createInFlightCounter } from '../../rate-limits/in-flight-counter.ts'

/** The open streams of `sessions.events` in this process. */
export interface SessionStreams {
  /**
   * Takes a slot among the streams of an address and of the process. It is released when the caller leaves or
   * when it is disposed of.
   * @returns null when there is none
   */
  admit(address: string, callerLeft: AbortSignal | undefined): StreamSlot | null
  /** Registers a new stream. A session or a user with too many loses the oldest. Dispose of it at the end. */
  open(session: { id: string; userId: string }, callerLeft: AbortSignal | undefined): SessionStream
  /**
   * Makes the streams of this user read their state again, because it may have changed. A needless wake-up
   * costs a read; a missing one delays the event.
   */
  wake(userId: string): void
  /** The number of open streams. */
  readonly count: number
}

export interface StreamSlot extends Disposable {
  /** Aborted when the slot goes to a network or address that has fewer. */
  readonly evicted: AbortSignal
}

export interface SessionStream extends Disposable {
  /**
   * Resolves at the next wake-up, or immediately if one came before.
   * @returns false when the stream must end
   */
  nextWake(): Promise<boolean>
}

interface OpenStream {
  userId: string
  sessionId: string
  wake(): void
  close(): void
}

/**
 * @param ticker wakes each stream regularly: for expiry, and for changes by other processes
 * @param limit of open streams in this process
 */
export function createSessionStreams(ticker: Ticker, limit: number): SessionStreams {
  /** The streams of each user, oldest first. */
  const openStreams = new Map<string, Set<OpenStream>>()
  const perAddress = createInFlightCounter()
  const slots = createFairShares(limit)
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
    admit: (address, callerLeft) => {
      using begun = new DisposableStack()
      const { position } = begun.use(perAddress.enter(address))
      if (position >= streamLimits.address) return null
      const evicted = new AbortController()
      const slot = slots.enter(address, () => evicted.abort())
      if (slot === null) return null
      begun.use(slot)
      const taken = begun.move()
      callerLeft?.addEventListener('abort', () => taken.dispose())
      return { evicted: evicted.signal, [Symbol.dispose]: () => taken.dispose() }
    },
    open: ({ id, userId }, callerLeft) => {
      let isDue = false
      let isClosed = callerLeft?.aborted === true
      let next = Promise.withResolvers<void>()
      const stream: OpenStream = {
        userId,
        sessionId: id,
        wake: () => {
          isDue = true
          next.resolve()
        },
        close: () => {
          isClosed = true
          // Immediately: a stream whose caller does not read would take the slot of others until its socket
          // closes.
          unregister(stream)
          next.resolve()
        },
      }
      const stopTicker = ticker(stream.wake)
      callerLeft?.addEventListener('abort', stream.close)
      register(stream)
      return {
        nextWake: async () => {
          if (!isDue && !isClosed) await next.promise
          isDue = false
          next = Promise.withResolvers()
          return !isClosed
        },
        [Symbol.dispose]: () => {
          stopTicker()
          callerLeft?.removeEventListener('abort', stream.close)
          unregister(stream)
        },
      }
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
