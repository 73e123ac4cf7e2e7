import type { Reader } from '../../db/database.ts'
import type { Fail } from '../../failures.ts'
import { findSession } from '../sessions/index.ts'
import { isAtHighestLevel } from './reauth-methods.ts'
import { listSecondFactorMethods } from './store.ts'

interface LockedSession {
  id: string
  user_id: string
}

/**
 * Checks whether the session still has the highest level of its account. Reads the level again, because the
 * factor that carried it may have been removed since the guard, or the first one added. In a transaction that
 * locked the user the result holds until its end.
 */
export async function isStillAtHighestLevel(db: Reader, { id }: Pick<LockedSession, 'id'>): Promise<boolean> {
  const current = await findSession(db, id)
  // Of an ended session nothing is left to protect: its transaction fails.
  return current === undefined || isAtHighestLevel(db, current)
}

/**
 * Requires the highest level that the account can reach: an attacker with an old session may know the
 * password.
 * @throws REAUTH_REQUIRED
 */
export async function requireHighestLevel(
  db: Reader,
  { session, fail }: { session: LockedSession; fail: Fail<'REAUTH_REQUIRED'> },
): Promise<void> {
  if (await isStillAtHighestLevel(db, session)) return
  throw fail('REAUTH_REQUIRED', { methods: await listSecondFactorMethods(db, session.user_id) })
}
