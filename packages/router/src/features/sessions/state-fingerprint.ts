import { createHash } from 'node:crypto'
import type { Reader } from '../../db/database.ts'
import { findSessionState } from './store.ts'
import type { SessionState, SessionWithUser } from './store.ts'

type ShownState = Pick<SessionState, 'user' | 'authenticated_at' | 'sessions' | 'newest'>

/** Returns a hash of what pages show: the user, the last authentication, and which sessions are alive. */
export function stateFingerprint({ user, authenticated_at, sessions, newest }: ShownState): string {
  const shown = JSON.stringify([user, authenticated_at, sessions, newest])
  return createHash('sha256').update(shown).digest('base64url').slice(0, 16)
}

/**
 * Returns the fingerprint of a session that was read before. Hashes that row and not a newer one: a stream
 * that begins with the fingerprint then reports every change since the row was read. One indexed read.
 */
export async function fingerprintOf(
  db: Reader,
  { id, user, authenticated_at }: SessionWithUser,
  now: number,
): Promise<string> {
  // Undefined when the session ended since then: its stream reports that in any case.
  const state = await findSessionState(db, { sessionId: id, now })
  return stateFingerprint({
    user,
    authenticated_at,
    sessions: state?.sessions ?? 0,
    newest: state?.newest ?? '',
  })
}
