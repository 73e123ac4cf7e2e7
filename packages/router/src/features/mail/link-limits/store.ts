import type { Reader } from '../../../db/database.ts'
import { lowestId } from '../../../id.ts'

/** A period in milliseconds since 1970 UTC. Ids begin with their time. */
interface Period {
  from: number
  to: number
}

/**
 * Returns when the last mails of a kind to one address were queued, newest first. Without mails that could
 * not be delivered.
 */
export async function findMailsTo(
  db: Reader,
  { hmac, kind, from, to, limit }: Period & { hmac: string; kind: string; limit: number },
): Promise<number[]> {
  const rows = await db
    .selectFrom('outbox_mails')
    .where('recipient_hmac', '=', hmac)
    .where('id', '>=', lowestId(from))
    .where('id', '<', lowestId(to + 1))
    .where('kind', '=', kind)
    .where('failed_at', 'is', null)
    .select('created_at')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => row.created_at)
}

/** Counts the mails of a kind about an account. */
export async function countMailsOfUser(
  db: Reader,
  { userId, kind, from, to }: Period & { userId: string; kind: string },
): Promise<number> {
  const { count } = await db
    .selectFrom('outbox_mails')
    .where('user_id', '=', userId)
    .where('id', '>=', lowestId(from))
    .where('id', '<', lowestId(to + 1))
    .where('kind', '=', kind)
    .select(({ fn }) => fn.countAll<number | string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Checks whether at least `count` mails were composed in a period. */
export async function hasMails(
  db: Reader,
  { from, to, count }: Period & { count: number },
): Promise<boolean> {
  const row = await db
    .selectFrom('outbox_mails')
    .where('id', '>=', lowestId(from))
    .where('id', '<', lowestId(to + 1))
    .where('composed', '=', 1)
    .select('id')
    .orderBy('id')
    .limit(1)
    .offset(count - 1)
    .executeTakeFirst()
  return row !== undefined
}
