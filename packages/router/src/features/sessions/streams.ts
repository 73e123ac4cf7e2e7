import { streamLimits } from '@app/contract'
import type { Ticker } from '../../ports/interval.ts'
import { createFairShares } from '../../rate-limits/fair-shares.ts'
import { createInFlightCounter } from '../../rate-limits/in-flight-counter.ts'

/** The streams of `sessions.events` that this process holds open. */
export interface SessionStreams {
  /**
   * Takes a place among the streams of an address and of the process, given back when the caller leaves or it
   * is disposed of.
   * @returns null when there is none
   */
  admit(address: string, callerLeft: AbortSignal | undefined): StreamPlace | null
  /** Takes a new stream in; a session or a user with too many loses the oldest. Dispose of it at the end. */
  open(session: { id: string; userId: string }, callerLeft: AbortSignal | undefined): SessionStream
  /**
   * Something happened to this user: their streams look at once. One look too many costs a read, one too few
   * a wait.
   */
  wake(userId: string): void
  /** How many are open. */
  readonly count: number
}

export interface StreamPlace extends Disposable {
  /** Aborted when the place is given to a network, or an address of it, that has fewer. */
  readonly evicted: AbortSignal
}

export interface SessionStream extends Disposable {
  /**
   * Resolves when there is a reason to look again, at once when there was one meanwhile.
   * @returns false when the stream has to end
   */
  nextLook(): Promise<boolean>
}

interface OpenStream {
  userId: string
  sessionId: string
  wake(): void
  close(): void
}

/** @param ticker makes each stream read its session again: for expiry, and for changes by other processes */
export function createSessionStreams(ticker: Ticker): SessionStreams {
  /** By user; each oldest first. */
  const held = new Map<string, Set<OpenStream>>()
  const ofAddresses = createInFlightCounter()
  const places = createFairShares(streamLimits.process)
  /** Streams that have a reason to look. */
  const due = new Set<OpenStream>()

  /** One in each turn of the event loop: an account may have 50, and each look is a read. */
  const wakeNext = () => {
    const [next] = due
    if (next === undefined) return
    due.delete(next)
    next.wake()
    if (due.size > 0) setImmediate(wakeNext)
  }

  const take = (stream: OpenStream) => {
    const ofUser = held.get(stream.userId) ?? new Set()
    held.set(stream.userId, ofUser.add(stream))
    const ofSession = [...ofUser].filter(({ sessionId }) => sessionId === stream.sessionId)
    if (ofSession.length > streamLimits.session) ofSession[0]?.close()
    if (ofUser.size > streamLimits.user) ofUser.values().next().value?.close()
  }
  const release = (stream: OpenStream) => {
    const ofUser = held.get(stream.userId)
    ofUser?.delete(stream)
    if (ofUser?.size === 0) held.delete(stream.userId)
  }

  return {
    admit: (address, callerLeft) => {
      using begun = new DisposableStack()
      const { position } = begun.use(ofAddresses.enter(address))
      if (position >= streamLimits.address) return null
      const evicted = new AbortController()
      const place = places.enter(address, () => evicted.abort())
      if (place === null) return null
      begun.use(place)
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
          // At once: one whose caller does not read would stand in the way of the others until its socket is
          // cut.
          release(stream)
          next.resolve()
        },
      }
      const stopTicker = ticker(stream.wake)
      callerLeft?.addEventListener('abort', stream.close)
      take(stream)
      return {
        nextLook: async () => {
          if (!isDue && !isClosed) await next.promise
          isDue = false
          next = Promise.withResolvers()
          return !isClosed
        },
        [Symbol.dispose]: () => {
          stopTicker()
          callerLeft?.removeEventListener('abort', stream.close)
          release(stream)
        },
      }
    },
    wake: (userId) => {
      const isWaking = due.size > 0
      for (const stream of held.get(userId) ?? []) due.add(stream)
      if (!isWaking) wakeNext()
    },
    get count() {
      return [...held.values()].reduce((sum, { size }) => sum + size, 0)
    },
  }
}
