import { searchKey } from '@app/contract'
import type { Role } from '@app/contract'
import { sql } from 'kysely'
import type { Insertable } from 'kysely'
import type { Reader, Writer } from '../../db/database.ts'
import { userColumns } from './table.ts'
import type { FoundUser, UsersTable } from './table.ts'

/** @param username normalised */
export function findUserByUsername(db: Reader, username: string) {
  return db.selectFrom('users').where('username', '=', username).select(userColumns).executeTakeFirst()
}

export function findUserById(db: Reader, id: string) {
  return db.selectFrom('users').where('id', '=', id).select(userColumns).executeTakeFirst()
}

/** @returns undefined when the user name is taken, also by a transaction that has just committed */
export function insertUser(tx: Writer, user: Insertable<UsersTable>): Promise<FoundUser | undefined> {
  return tx
    .insertInto('users')
    .values(user)
    .onConflict((conflict) => conflict.column('username').doNothing())
    .returning(userColumns)
    .executeTakeFirst()
}

/** Locks the user, so that it cannot be disabled or deleted before the transaction of the log-in commits. */
export function findEnabledUser(tx: Writer, id: string) {
  return tx
    .selectFrom('users')
    .where('id', '=', id)
    .where('disabled_at', 'is', null)
    .select(userColumns)
    .forUpdate()
    .executeTakeFirst()
}

/** Saves what users may change of their own account. */
export async function saveProfile(tx: Writer, id: string, profile: Pick<UsersTable, 'name'>): Promise<void> {
  await tx
    .updateTable('users')
    .set({ ...profile, name_key: searchKey(profile.name) })
    .where('id', '=', id)
    .execute()
}

/**
 * Locks every admin who can log in, in the order of their ids. A concurrent removal of an admin waits here,
 * and then sees which admins are left. Reads a small partial index. It first locks the only row of a table:
 * a transaction that waited for an admin would not see who was promoted meanwhile, and lock them too late.
 */
export async function lockAdmins(tx: Writer): Promise<string[]> {
  await tx.selectFrom('retired_username_key').select('key').forUpdate().execute()
  const rows = await tx
    .selectFrom('users')
    // A literal, because a parameter keeps SQLite from using the index.
    .where('role', '=', sql.lit('admin'))
    .where('disabled_at', 'is', null)
    .select('id')
    .orderBy('id')
    .forUpdate()
    .execute()
  return rows.map((row) => row.id)
}

/** Returns whether any admin exists, disabled or not. */
export async function hasAdmin(db: Reader): Promise<boolean> {
  const row = await db
    .selectFrom('users')
    .where('role', '=', sql.lit('admin'))
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function hasAccounts(db: Reader): Promise<boolean> {
  return (await db.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined
}

export function findUserToChange(tx: Writer, id: string) {
  return tx.selectFrom('users').where('id', '=', id).select(userColumns).forUpdate().executeTakeFirst()
}

export async function saveRole(tx: Writer, id: string, role: Role): Promise<void> {
  await tx.updateTable('users').set({ role }).where('id', '=', id).execute()
}

export async function saveDisabled(tx: Writer, id: string, disabledAt: number | null): Promise<void> {
  await tx.updateTable('users').set({ disabled_at: disabledAt }).where('id', '=', id).execute()
}

/** Deletes the user, and by foreign keys all rows that belong to the user. */
export async function deleteUser(tx: Writer, id: string): Promise<void> {
  await tx.deleteFrom('users').where('id', '=', id).execute()
}

export async function findRetirementKey(db: Reader): Promise<string> {
  const row = await db.selectFrom('retired_username_key').select('key').executeTakeFirstOrThrow()
  return row.key
}

export async function findRetiredUsername(db: Reader, hmac: string): Promise<boolean> {
  const row = await db
    .selectFrom('retired_usernames')
    .where('hmac', '=', hmac)
    .select('hmac')
    .executeTakeFirst()
  return row !== undefined
}

export async function insertRetiredUsername(tx: Writer, hmac: string): Promise<void> {
  await tx
    .insertInto('retired_usernames')
    .values({ hmac })
    // While both run, the previous release still allows retired names.
    .onConflict((conflict) => conflict.column('hmac').doNothing())
    .execute()
}

/** @returns whether it existed */
export async function deleteRetiredUsername(tx: Writer, hmac: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('retired_usernames')
    .where('hmac', '=', hmac)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
