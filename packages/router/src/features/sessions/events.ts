import type { SessionEvent } from '@app/contract'
import { tracked } from '@trpc/server'
import type { TrackedEnvelope } from '@trpc/server'
import type { Context } from '../../context.ts'
import { DatabaseUnavailable } from '../../db/database-unavailable.ts'
import { StreamReconnect } from '../../http/stream-reconnect.ts'
import { isUsable } from './alive.ts'
import { stateFingerprint } from './state-fingerprint.ts'
import { findSessionState } from './store.ts'
import type { SessionState } from './store.ts'
import type { StreamSlot } from './stream-slots.ts'

/** How long a stream continues after its token was replaced: by then the browser has the new one. */
const replacedTokenMs = 15_000

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
  let known = lastEventId
  let replacedAt: number | undefined
  do {
    const found = await readState(ctx, session.id, slot)
    const now = ctx.clock()
    if (found === null) continue
    const { state } = found
    if (state === undefined || !isUsable(state, now)) {
      yield tracked('ended', { type: 'ended' })
      return
    }
    const fingerprint = stateFingerprint(state)
    if (fingerprint !== known) yield tracked(fingerprint, { type: 'changed' })
    known = fingerprint
    if (state.token_hash === session.token_hash) continue
    // By now the browser has the new token, or never gets it. An attacker with the old one gets no more
    // events.
    replacedAt ??= now
    if (now - replacedAt >= replacedTokenMs) throw new StreamReconnect()
  } while (await stream.nextWake())
}

/**
 * Reads the state of a session. Null when the database does not answer: the stream continues and reads again
 * at the next wake-up.
 */
async function readState(
  ctx: Context,
  sessionId: string,
  slot: StreamSlot,
): Promise<{ state: SessionState | undefined } | null> {
  try {
    return { state: await findSessionState(ctx.db.read, { sessionId, now: ctx.clock() }) }
  } catch (error) {
    if (error instanceof DatabaseUnavailable || slot.isLost) return null
    throw error
  }
}
