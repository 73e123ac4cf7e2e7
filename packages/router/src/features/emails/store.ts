import { searchKey } from '@app/contract'
import type { Reader, Writer } from '../../db/database.ts'
import { prepareQuery } from '../../db/prepared-query.ts'
import { userColumns } from '../../db/tables.ts'
import { newId } from '../../id.ts'

/**
 * Saves an address that its owner has not proved. Until then it is never unique, never a log-in name and
 * never an error. Call it with the user locked, and without another pending address.
 * @returns its id
 */
export async function insertPendingEmail(
  tx: Writer,
  { userId, address, now }: { userId: string; address: string; now: number },
): Promise<string> {
  const id = newId(now)
  await tx
    .insertInto('emails')
    .values({ id, user_id: userId, address, address_key: searchKey(address), verified_at: null })
    .execute()
  return id
}

/**
 * Saves an address whose owner has proved it. Of two accounts that do so at the same time, the second waits
 * for the first. Call it with the user locked, and without another verified address.
 * @returns false when another account has verified the address
 */
export async function insertVerifiedEmail(
  tx: Writer,
  email: { userId: string; address: string; now: number },
): Promise<boolean> {
  const row = await tx
    .insertInto('emails')
    .values({
      id: newId(email.now),
      user_id: email.userId,
      address: email.address,
      address_key: searchKey(email.address),
      verified_at: email.now,
    })
    .onConflict((conflict) => conflict.column('address_key').where('verified_at', 'is not', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Deletes the address that waits for its confirmation, so that its link is dead. @returns its id */
export async function deletePendingEmail(tx: Writer, userId: string): Promise<string | undefined> {
  const row = await tx
    .deleteFrom('emails')
    .where('user_id', '=', userId)
    .where('verified_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

/** Deletes the verified address. @returns the address */
export async function deleteVerifiedEmail(tx: Writer, userId: string): Promise<string | undefined> {
  const row = await tx
    .deleteFrom('emails')
    .where('user_id', '=', userId)
    .where('verified_at', 'is not', null)
    .returning('address')
    .executeTakeFirst()
  return row?.address
}

/** Finds an address that waits for its confirmation, and its enabled user. */
export function findPendingEmail(db: Reader, id: string) {
  return db
    .selectFrom('emails')
    .innerJoin('users', 'users.id', 'emails.user_id')
    .where('emails.id', '=', id)
    .where('emails.verified_at', 'is', null)
    .where('users.disabled_at', 'is', null)
    .select(['emails.address', 'emails.user_id', 'users.username'])
    .executeTakeFirst()
}

/** Locks an account, so that simultaneous mails about it are counted one after the other. */
export async function lockUserOfMail(tx: Writer, userId: string): Promise<void> {
  await tx.selectFrom('users').where('id', '=', userId).select('id').forUpdate().execute()
}

/** Returns the id of the address that waits for its confirmation. */
export async function findPendingEmailId(db: Reader, userId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('emails')
    .where('user_id', '=', userId)
    .where('verified_at', 'is', null)
    .select('id')
    .executeTakeFirst()
  return row?.id
}

/** Finds the user whose verified address it is. @param key as `normalizeLoginName` returns it */
export function findUserByAddress(db: Reader, key: string) {
  return db
    .selectFrom('emails')
    .innerJoin('users', 'users.id', 'emails.user_id')
    .where('emails.address_key', '=', key)
    .where('emails.verified_at', 'is not', null)
    .select([...userColumns, 'emails.address'])
    .executeTakeFirst()
}

const readEmails = prepareQuery((db, value: (name: 'userId') => string) =>
  db.selectFrom('emails').where('user_id', '=', value('userId')).select(['address', 'verified_at']),
)

/** Finds the addresses of a user; `address` is the one to show: the verified one, else the pending one. */
export async function findEmail(db: Reader, userId: string) {
  const rows = await readEmails(db, { userId })
  const pending = rows.find((row) => row.verified_at === null)
  const shown = rows.find((row) => row.verified_at !== null) ?? pending
  return shown === undefined ? undefined : { ...shown, pending: pending?.address ?? null }
}

/** Finds the address that mail about the account goes to. */
export function findVerifiedEmail(db: Reader, userId: string): Promise<{ address: string } | undefined> {
  return db
    .selectFrom('emails')
    .where('user_id', '=', userId)
    .where('verified_at', 'is not', null)
    .select('address')
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
