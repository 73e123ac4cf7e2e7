import { searchKey } from '@app/contract'
import type { Reader, Writer } from '../../db/database.ts'
import { newId } from '../../id.ts'

/**
 * Until its owner proves it, an address is only a note to oneself: never unique, never a log-in name, never
 * an error.
 */
export async function insertUnverifiedEmail(
  tx: Writer,
  email: { userId: string; address: string; now: number },
): Promise<void> {
  await tx
    .insertInto('emails')
    .values({
      id: newId(email.now),
      user_id: email.userId,
      address: email.address,
      address_key: searchKey(email.address),
      verified_at: null,
    })
    .execute()
}

/** The address to show: the verified one, else the newest. */
export function findEmail(db: Reader, userId: string) {
  return db
    .selectFrom('emails')
    .where('user_id', '=', userId)
    .select(['address', 'verified_at'])
    .orderBy((column) => column.case().when('verified_at', 'is', null).then(1).else(0).end())
    .orderBy('id', 'desc')
    .executeTakeFirst()
}

/** The address to show of each user who has one. */
export async function findEmails(db: Reader, userIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('emails')
    .where('user_id', 'in', userIds)
    .select(['user_id', 'address'])
    // The one to show comes last, and so it stays in the map.
    .orderBy((column) => column.case().when('verified_at', 'is', null).then(0).else(1).end())
    .orderBy('id')
    .execute()
  return new Map(rows.map((row) => [row.user_id, row.address]))
}

/** Every address of a user, newest first. */
export function listEmails(db: Reader, userId: string) {
  return db
    .selectFrom('emails')
    .where('user_id', '=', userId)
    .select(['address', 'verified_at'])
    .orderBy('id', 'desc')
    .execute()
}
