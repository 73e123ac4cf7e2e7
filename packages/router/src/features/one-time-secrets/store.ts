import type { Insertable } from 'kysely'
import type { Reader, Writer } from '../../db/database.ts'
import { deleteBatch } from '../../db/delete-batch.ts'
import type { OneTimeSecretsTable } from './table.ts'

/**
 * Saves a secret. It replaces the older one of the same subject and purpose by an upsert, so that of
 * simultaneous calls only one secret is valid afterwards.
 */
export async function saveSecret(tx: Writer, secret: Insertable<OneTimeSecretsTable>): Promise<void> {
  const { hash, expires_at, issued_by } = secret
  await tx
    .insertInto('one_time_secrets')
    .values(secret)
    .onConflict((conflict) =>
      conflict.columns(['subject', 'purpose']).doUpdateSet({ hash, expires_at, issued_by }),
    )
    .execute()
}

export interface HashedSecret {
  hash: string
  purpose: string
  now: number
  /** The latest possible expiry. */
  latest: number
}

export function findSecret(db: Reader, { hash, purpose, now, latest }: HashedSecret) {
  return db
    .selectFrom('one_time_secrets')
    .where('hash', '=', hash)
    .where('purpose', '=', purpose)
    .where('expires_at', '>', now)
    .where('expires_at', '<=', latest)
    .select(['subject', 'expires_at'])
    .executeTakeFirst()
}

/** Deletes the secret, so that of simultaneous calls one gets its subject and the others nothing. */
export async function deleteSecret(tx: Writer, { hash, purpose, now, latest }: HashedSecret) {
  const [row] = await tx
    .deleteFrom('one_time_secrets')
    .where('hash', '=', hash)
    .where('purpose', '=', purpose)
    .where('expires_at', '>', now)
    .where('expires_at', '<=', latest)
    .returning('subject')
    .execute()
  return row?.subject ?? null
}

export async function deleteSecretsOfSubjects(
  tx: Writer,
  subjects: readonly string[],
  purposes: readonly string[],
): Promise<void> {
  await tx
    .deleteFrom('one_time_secrets')
    .where('subject', 'in', subjects)
    .where('purpose', 'in', purposes)
    .execute()
}

export async function deleteSecretsIssuedBy(tx: Writer, userId: string): Promise<void> {
  await tx.deleteFrom('one_time_secrets').where('issued_by', '=', userId).execute()
}

/** Deletes a few expired secrets: more than the one that is added. */
export async function sweepSecrets(tx: Writer, now: number, limit: number): Promise<void> {
  await deleteBatch(tx, 'one_time_secrets', 'hash', (rows) =>
    rows.where('expires_at', '<=', now).orderBy('expires_at').limit(limit),
  )
}
