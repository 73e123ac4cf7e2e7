import type { AuditPage } from '@app/contract'
import type { Reader } from '../../db/database.ts'
import { findAuditedTokenName } from '../audit/index.ts'
import { readTokenName } from './store.ts'

/**
 * Returns the access token of a filter with its name: its own while it exists, then that in an event of its
 * creation or revocation; null without both. The event of its creation may be deleted before it expires.
 * @param id undefined without a filter
 * @param userId only a token of this user, and events by or about this user. Default: of all users
 */
export async function findNamedToken(
  db: Reader,
  { id, userId }: { id: string | undefined; userId?: string },
): Promise<AuditPage['token']> {
  if (id === undefined) return null
  const name = (await readTokenName(db, { id, userId })) ?? (await findAuditedTokenName(db, { id, userId }))
  return { id, name }
}
