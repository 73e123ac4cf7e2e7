import type { Reader } from '../../db/database.ts'
import { findAuditedTokenName } from '../audit/index.ts'
import { readTokenName } from './store.ts'

/**
 * Returns the name of an access token: its own while it exists, then that in an event of its creation or
 * revocation; null without both. The event of its creation may be deleted before the token expires.
 * @param userId only a token of this user, and events by or about this user. Default: of all users
 */
export async function findTokenName(
  db: Reader,
  { id, userId }: { id: string; userId?: string },
): Promise<string | null> {
  return (await readTokenName(db, { id, userId })) ?? findAuditedTokenName(db, { id, userId })
}
