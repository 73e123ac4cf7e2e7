import { searchKey } from '@latchkey/contract'

import type { Reader, Writer } from '../../db/database.ts'
import type { UserRow } from './table.ts'

const selfColumns = ['id', 'username', 'name', 'role', 'disabled_at', 'created_at'] as const

export function findUser(db: Reader, id: string) {
  return db.selectFrom('users').where('id', '=', id).select(selfColumns).executeTakeFirst()
}

/** @param username in its normal spelling */
export function findUserByUsername(db: Reader, username: string) {
  return db.selectFrom('users').where('username', '=', username).select(selfColumns).executeTakeFirst()
}

/** @returns false when the user name is taken, also by a transaction that committed a moment ago */
export async function insertUser(tx: Writer, user: UserRow): Promise<boolean> {
  const inserted = await tx
    .insertInto('users')
    .values(user)
    .onConflict((conflict) => conflict.column('username').doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

/** Locks the row, so that who may log in cannot change before the transaction that lets them in commits. */
export function findEnabledUser(tx: Writer, id: string) {
  return tx
    .selectFrom('users')
    .where('id', '=', id)
    .where('disabled_at', 'is', null)
    .select(selfColumns)
    .forUpdate()
    .executeTakeFirst()
}

export async function renameUser(tx: Writer, id: string, name: string): Promise<void> {
  await tx
    .updateTable('users')
    .set({ name, name_key: searchKey(name) })
    .where('id', '=', id)
    .execute()
}
