import type { SessionEvent } from '@app/contract'
import { tracked } from '@trpc/server'
import type { TrackedEnvelope } from '@trpc/server'
import { andThen, orElse } from '../../awaitable.ts'
import type { Awaitable } from '../../awaitable.ts'
import type { Context } from '../../context.ts'
import { DatabaseUnavailable } from '../../db/database-unavailable.ts'
import { StreamReconnect } from '../../http/stream-reconnect.ts'
import { isUsable } from './alive.ts'
import { stateFingerprint } from './state-fingerprint.ts'
import { findSessionState } from './store.ts'
import type { SessionState } from './store.ts'
import type { StreamSlot } from './stream-slots.ts'

/**
 * How long a stream continues after its token was replaced: by then the browser has the new one. Less than
 * the time between two checks, which varies by milliseconds.
 */
const replacedTokenMs = 14_000

/** The session when its stream began. */
interface WatchedSession {
  id: string
  user_id: string
  token_hash: string
}

interface WatchSessionInput {
  /** The id of the last event that the caller has, from an earlier stream. */
  lastEventId: string | undefined
  /** Its slot among the streams of the address. */
  slot: StreamSlot
}

/**
 * Yields an event when the session ends, and when the user or the sessions that pages show have changed.
 * Renews nothing.
 */
export async function* watchSession(
  ctx: Context,
  session: WatchedSession,
  { lastEventId, slot }: WatchSessionInput,
): AsyncGenerator<TrackedEnvelope<SessionEvent>, void> {
  using _slot = slot
  // Opened before the first read, so that no change between the two is missed.
  using stream = ctx.sessionStreams.open({ id: session.id, userId: session.user_id }, slot)
  const watch = new SessionWatch(ctx, session, { lastEventId, slot })
  for (;;) {
    const event = await stream.next(watch)
    if (event === null) return
    yield event
    if (event[1].type === 'ended') return
  }
}

/** A class, because there are tens of thousands, and closures take more memory than fields. */
class SessionWatch {
  readonly #ctx: Context
  readonly #session: WatchedSession
  readonly #slot: StreamSlot
  #known: string | undefined
  #replacedAt: number | undefined

  constructor(ctx: Context, session: WatchedSession, { lastEventId, slot }: WatchSessionInput) {
    this.#ctx = ctx
    this.#session = session
    this.#slot = slot
    this.#known = lastEventId
  }

  /**
   * Reads the session.
   * @returns the event to send; null when there is none, or when the database does not answer: the stream
   * continues and reads again at the next wake-up
   * @throws StreamReconnect
   */
  check(): Awaitable<TrackedEnvelope<SessionEvent> | null> {
    const { db, clock } = this.#ctx
    return orElse<TrackedEnvelope<SessionEvent> | null>(
      () =>
        andThen(findSessionState(db.read, { sessionId: this.#session.id, now: clock() }), (state) =>
          this.#compare(state),
        ),
      (error) => {
        if (error instanceof DatabaseUnavailable || this.#slot.isLost) return null
        throw error
      },
    )
  }

  #compare(state: SessionState | undefined): TrackedEnvelope<SessionEvent> | null {
    const now = this.#ctx.clock()
    if (state === undefined || !isUsable(state, now)) return tracked('ended', { type: 'ended' })
    if (state.token_hash !== this.#session.token_hash) {
      // By now the browser has the new token, or never gets it. An attacker with the old one gets no more
      // events.
      this.#replacedAt ??= now
      if (now - this.#replacedAt >= replacedTokenMs) throw new StreamReconnect()
    }
    const fingerprint = stateFingerprint(state)
    if (fingerprint === this.#known) return null
    this.#known = fingerprint
    return tracked(fingerprint, { type: 'changed' })
  }
}
