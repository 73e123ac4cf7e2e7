import type { Reader } from '../../db/database.ts'
import { toEvent } from './event.ts'
import { listEvents } from './store.ts'

/** The events that name an access token. */
const namingEvents = ['token-created', 'token-revoked'] as const

/**
 * Returns the name of an access token, as the events of its creation and revocation have it; null without
 * them.
 * @param userId only events by or about this user. Default: of all users
 */
export async function findAuditedTokenName(
  db: Reader,
  { id: tokenId, userId }: { id: string; userId?: string | undefined },
): Promise<string | null> {
  for (const event of namingEvents) {
    // By token and event only: the index of a user's events would read all that the token did.
    const [row] = await listEvents(db, { event, tokenId, after: undefined, limit: 1 })
    if (row === undefined || (userId !== undefined && ![row.actor_id, row.subject].includes(userId))) continue
    const { name } = toEvent(row).detail
    if (name !== undefined) return String(name)
  }
  return null
}
