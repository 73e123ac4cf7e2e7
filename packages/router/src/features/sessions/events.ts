import { createHash } from 'node:crypto'
import type { SessionEvent } from '@app/contract'
import { tracked } from '@trpc/server'
import type { TrackedEnvelope } from '@trpc/server'
import type { Context } from '../../context.ts'
import { DatabaseUnavailable } from '../../db/database-unavailable.ts'
import { StreamReconnect } from '../../http/stream-reconnect.ts'
import { isUsable } from './alive.ts'
import { findSessionState } from './store.ts'
import type { SessionState } from './store.ts'
import type { StreamPlace } from './streams.ts'

/** How long a stream goes on after its token was replaced: the browser has its new one by then. */
const replacedTokenMs = 15_000

/** A session as it was when its stream began. */
interface WatchedSession {
  id: string
  user_id: string
  token_hash: string
}

interface WatchSessionInput {
  /** The id of the last event that the caller has, from an earlier stream. */
  lastEventId: string | undefined
  callerLeft: AbortSignal | undefined
  /** Among the streams of the address. */
  place: StreamPlace
}

/**
 * Says when the session ends, and when something changes that pages show of the person or of their sessions.
 * It keeps nothing alive.
 */
export async function* watchSession(
  ctx: Context,
  session: WatchedSession,
  { lastEventId, callerLeft: left, place }: WatchSessionInput,
): AsyncGenerator<TrackedEnvelope<SessionEvent>, void> {
  using _place = place
  const callerLeft = AbortSignal.any(left === undefined ? [place.evicted] : [left, place.evicted])
  // Before the first look, so that nothing can happen between the two.
  using stream = ctx.sessionStreams.open({ id: session.id, userId: session.user_id }, callerLeft)
  let known = lastEventId
  let replacedAt: number | undefined
  do {
    const found = await readState(ctx, session.id, callerLeft)
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
    // The browser has got its new token meanwhile, or never will; whoever has a copy of the old one hears no
    // more.
    replacedAt ??= now
    if (now - replacedAt >= replacedTokenMs) throw new StreamReconnect()
  } while (await stream.nextLook())
}

/**
 * Reads the state of a session. Null when the database does not answer: that ends no stream, the next look
 * asks again.
 */
async function readState(
  ctx: Context,
  sessionId: string,
  callerLeft: AbortSignal | undefined,
): Promise<{ state: SessionState | undefined } | null> {
  try {
    return { state: await findSessionState(ctx.db.read, { sessionId, now: ctx.clock() }) }
  } catch (error) {
    if (error instanceof DatabaseUnavailable || callerLeft?.aborted === true) return null
    throw error
  }
}

/**
 * Returns a hash of what pages show: the user, the last proof of the password, and which sessions are alive.
 */
function stateFingerprint({ user, authenticated_at, sessions, newest }: SessionState): string {
  const shown = JSON.stringify([user, authenticated_at, sessions, newest])
  return createHash('sha256').update(shown).digest('base64url').slice(0, 16)
}
