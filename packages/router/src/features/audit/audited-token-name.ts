import type { Reader } from '../../db/database.ts'
import { toEvent } from './event.ts'
import { listEvents, listEventsOf } from './store.ts'

/** The events that name an access token. */
const namingEvents = ['token-created', 'token-revoked'] as const

/**
 * Returns the name of an access token, as the events of its creation and revocation have it; null without
 * them. Revoked tokens have a name only there.
 * @param userId only events by or about this user
 */
export async function findAuditedTokenName(
  db: Reader,
  tokenId: string,
  { userId }: { userId?: string } = {},
): Promise<string | null> {
  for (const event of namingEvents) {
    const filter = { event, tokenId, after: undefined, limit: 1 }
    const [row] = await (userId === undefined ? listEvents(db, filter) : listEventsOf(db, userId, filter))
    const name = row && toEvent(row).detail['name']
    if (name !== undefined) return String(name)
  }
  return null
}
