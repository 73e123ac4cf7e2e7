import { createHash } from 'node:crypto'
import type { Reader } from '../../db/database.ts'
import type { SessionWithUser } from './current/store.ts'
import { findSessionState } from './store.ts'
import type { SessionState } from './store.ts'

type ShownState = Pick<
  SessionState,
  'user' | 'authenticated_at' | 'factor_id' | 'sessions' | 'newest' | 'emails' | 'newest_email'
>

/**
 * Returns a hash of what pages show: the user, the last authentication, the level, which sessions are alive,
 * and the addresses.
 */
export function stateFingerprint(state: ShownState): string {
  const { user, authenticated_at, factor_id, sessions, newest, emails, newest_email } = state
  const shown = JSON.stringify([user, authenticated_at, factor_id, sessions, newest, emails, newest_email])
  return createHash('sha256').update(shown).digest('base64url').slice(0, 16)
}

/**
 * Returns the fingerprint of a session that was read before. Hashes that row and not a newer one: a stream
 * that begins with the fingerprint then reports every change since the row was read. Call it before the
 * addresses are read, for the same reason. One indexed read.
 */
export async function fingerprintOf(
  db: Reader,
  { id, user, authenticated_at, factor_id }: SessionWithUser,
  now: number,
): Promise<string> {
  // Undefined when the session ended since then: its stream reports that in any case.
  const state = await findSessionState(db, { sessionId: id, now })
  return stateFingerprint({
    user,
    authenticated_at,
    factor_id,
    sessions: state?.sessions ?? 0,
    newest: state?.newest ?? '',
    emails: state?.emails ?? 0,
    newest_email: state?.newest_email ?? null,
  })
}
