import type { Reader, Writer } from '../../db/database.ts'

/** Reads the hash. No other function does. */
export function findCredential(db: Reader, userId: string) {
  return db
    .selectFrom('password_credentials')
    .where('user_id', '=', userId)
    .select(['hash', 'version'])
    .executeTakeFirst()
}

/** Checks whether the user has a password; users of outside identities may have none. */
export async function hasPassword(db: Reader, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom('password_credentials')
    .where('user_id', '=', userId)
    .select('version')
    .executeTakeFirst()
  return row !== undefined
}

export async function insertCredential(
  tx: Writer,
  credential: { userId: string; hash: string; now: number },
): Promise<void> {
  await tx
    .insertInto('password_credentials')
    .values({ user_id: credential.userId, hash: credential.hash, version: 1, changed_at: credential.now })
    .execute()
}

/**
 * Locks the credential and checks that it still has the version that was verified, so that no log-in with the
 * old password outlives a change.
 */
export async function isCredentialVersion(tx: Writer, userId: string, version: number): Promise<boolean> {
  const row = await tx
    .selectFrom('password_credentials')
    .where('user_id', '=', userId)
    .where('version', '=', version)
    .select('version')
    .forUpdate()
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Locks the account, so that it is not closed before the transaction commits.
 * @returns false when it was closed
 */
export async function lockOwner(tx: Writer, userId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('users')
    .where('id', '=', userId)
    .select('id')
    .forUpdate()
    .executeTakeFirst()
  return row !== undefined
}

/** @returns false if the password was changed since it was verified */
export async function changeCredential(
  tx: Writer,
  credential: { userId: string; version: number; hash: string; now: number },
): Promise<boolean> {
  const result = await tx
    .updateTable('password_credentials')
    .set({ hash: credential.hash, version: credential.version + 1, changed_at: credential.now })
    .where('user_id', '=', credential.userId)
    .where('version', '=', credential.version)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Sets the password without the old one. Call it with the user locked. */
export async function replaceCredential(
  tx: Writer,
  { userId, hash, now }: { userId: string; hash: string; now: number },
): Promise<void> {
  await tx
    .insertInto('password_credentials')
    .values({ user_id: userId, hash, version: 1, changed_at: now })
    .onConflict((conflict) =>
      conflict.column('user_id').doUpdateSet((row) => ({
        hash,
        version: row('password_credentials.version', '+', 1),
        changed_at: now,
      })),
    )
    .execute()
}

/**
 * Stores the same password with a newer scheme or cost. The version stays, because the password does.
 * @param verification its `newHash` is undefined when the stored one is up to date
 */
export async function upgradeHash(
  tx: Writer,
  userId: string,
  { version, newHash }: { version: number; newHash: string | undefined },
): Promise<void> {
  if (newHash === undefined) return
  await tx
    .updateTable('password_credentials')
    .set({ hash: newHash })
    .where('user_id', '=', userId)
    .where('version', '=', version)
    .execute()
}
