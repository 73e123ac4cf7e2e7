import type { Reader, Writer } from '../../db/database.ts'

/** Replaces the codes of a set: the old ones no longer work. */
export async function replaceCodes(
  tx: Writer,
  { factorId, hashes }: { factorId: string; hashes: readonly string[] },
): Promise<void> {
  await tx.deleteFrom('recovery_codes').where('factor_id', '=', factorId).execute()
  await tx
    .insertInto('recovery_codes')
    .values(hashes.map((hash) => ({ hash, factor_id: factorId })))
    .execute()
}

/** Deletes a code. @returns whether this call deleted it: of simultaneous calls, one does */
export async function deleteCode(
  tx: Writer,
  { factorId, hash }: { factorId: string; hash: string },
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('recovery_codes')
    .where('hash', '=', hash)
    .where('factor_id', '=', factorId)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

/** Counts the unused codes of a set. */
export async function countCodes(db: Reader, factorId: string): Promise<number> {
  const { codes } = await db
    .selectFrom('recovery_codes')
    .where('factor_id', '=', factorId)
    .select(({ fn }) => fn.countAll<number>().as('codes'))
    .executeTakeFirstOrThrow()
  return Number(codes)
}
