import { searchKey } from '@app/contract'
import type { Reader, Writer } from '../../db/database.ts'
import { newId } from '../../id.ts'

/**
 * Saves an address. Until its owner has verified it, it is never unique, never a log-in name and never an
 * error.
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

/** Finds the address to show: the verified one, else the newest. */
export function findEmail(db: Reader, userId: string) {
  return db
    .selectFrom('emails')
    .where('user_id', '=', userId)
    .select(['address', 'verified_at'])
    .orderBy((column) => column.case().when('verified_at', 'is', null).then(1).else(0).end())
    .orderBy('id', 'desc')
    .executeTakeFirst()
}

/** Finds the address to show for each user who has one. */
export async function findEmails(db: Reader, userIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('emails')
    .where('user_id', 'in', userIds)
    .select(['user_id', 'address'])
    // The address to show comes last, so the map keeps it.
    .orderBy((column) => column.case().when('verified_at', 'is', null).then(0).else(1).end())
    .orderBy('id')
    .execute()
  return new Map(rows.map((row) => [row.user_id, row.address]))
}

/** Lists all addresses of a user, newest first. */
export function listEmails(db: Reader, userId: string) {
  return db
    .selectFrom('emails')
    .where('user_id', '=', userId)
    .select(['address', 'verified_at'])
    .orderBy('id', 'desc')
    .execute()
}
