import type { Insertable } from 'kysely'
import type { Reader, Writer } from '../../db/database.ts'
import { deleteBatch } from '../../db/delete-batch.ts'
import type { PasskeysTable } from './table.ts'

/** Lists the passkeys of a user, oldest first; at most as many as a user may have. */
export function listPasskeys(db: Reader, userId: string) {
  return db
    .selectFrom('factors')
    .innerJoin('passkeys', 'passkeys.factor_id', 'factors.id')
    .where('user_id', '=', userId)
    .select(['id', 'name', 'created_at', 'last_used_at', 'backed_up', 'credential_id', 'transports'])
    .orderBy('id')
    .execute()
}

export type ShownPasskey = Awaited<ReturnType<typeof listPasskeys>>[number]

/** Returns the name of a user's passkey; undefined when there is no such passkey. */
export async function findPasskeyName(
  db: Reader,
  { id, userId }: { id: string; userId: string },
): Promise<string | undefined> {
  const found = await db
    .selectFrom('factors')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('kind', '=', 'passkey')
    .select('name')
    .executeTakeFirst()
  return found?.name
}

/** Finds a passkey and its user by the id that browsers send. */
export function findPasskey(db: Reader, credentialId: string) {
  return db
    .selectFrom('passkeys')
    .innerJoin('factors', 'factors.id', 'passkeys.factor_id')
    .where('credential_id', '=', credentialId)
    .select(['factor_id', 'user_id', 'credential_id', 'public_key', 'device_type'])
    .executeTakeFirst()
}

/** @returns whether it was inserted: false when an account has a passkey of that credential id */
export async function insertPasskey(tx: Writer, passkey: Insertable<PasskeysTable>): Promise<boolean> {
  const inserted = await tx
    .insertInto('passkeys')
    .values(passkey)
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows === 1n
}

/**
 * Saves the counter of an assertion, unless it did not grow. Of simultaneous assertions with the same counter
 * one is saved. Authenticators that do not count always send 0.
 */
export async function saveCounter(
  tx: Writer,
  { factorId, counter, backedUp }: { factorId: string; counter: number; backedUp: boolean },
): Promise<'saved' | 'did-not-grow' | 'removed'> {
  const saved = await tx
    .updateTable('passkeys')
    .set({ counter, backed_up: backedUp ? 1 : 0 })
    .where('factor_id', '=', factorId)
    .where((where) => (counter === 0 ? where('counter', '=', 0) : where('counter', '<', counter)))
    .executeTakeFirst()
  if (saved.numUpdatedRows === 1n) return 'saved'
  const left = await tx
    .selectFrom('passkeys')
    .where('factor_id', '=', factorId)
    .select('factor_id')
    .executeTakeFirst()
  return left === undefined ? 'removed' : 'did-not-grow'
}

export async function renamePasskey(
  tx: Writer,
  { id, userId, name }: { id: string; userId: string; name: string },
): Promise<void> {
  await tx
    .updateTable('factors')
    .set({ name })
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('kind', '=', 'passkey')
    .execute()
}

/** @returns whether it was unused: of simultaneous calls, one uses it */
export async function insertUsedChallenge(
  tx: Writer,
  { hash, expiresAt }: { hash: string; expiresAt: number },
): Promise<boolean> {
  const inserted = await tx
    .insertInto('used_challenges')
    .values({ hash, expires_at: expiresAt })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .executeTakeFirst()
  return inserted.numInsertedOrUpdatedRows === 1n
}

/** Deletes a few expired challenges: more than the one that is added. */
export async function sweepUsedChallenges(tx: Writer, now: number, limit: number): Promise<void> {
  await deleteBatch(tx, 'used_challenges', 'hash', (rows) =>
    rows.where('expires_at', '<=', now).orderBy('expires_at').limit(limit),
  )
}
