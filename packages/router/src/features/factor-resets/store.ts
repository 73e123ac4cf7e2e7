import type { Selectable } from 'kysely'
import type { Reader, Writer } from '../../db/database.ts'
import type { FactorResetsTable } from '../factors/index.ts'

/**
 * A reset that no log-in has used by then is void, in milliseconds after it took effect. Otherwise it would
 * remove the factors of a later time.
 */
export const lifetimeMs = 7 * 24 * 3_600_000

/**
 * Finds the requested reset of a user. One whose link has ended, with its admin for example, is void: a
 * later request must not inherit its time.
 */
export function findReset(
  db: Reader,
  { userId, now }: { userId: string; now: number },
): Promise<Selectable<FactorResetsTable> | undefined> {
  return db
    .selectFrom('factor_resets')
    .where('user_id', '=', userId)
    .where('effective_at', '>', now - lifetimeMs)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('one_time_secrets')
          .where('purpose', '=', 'factor-reset')
          .whereRef('subject', '=', 'factor_resets.user_id')
          .select('hash'),
      ),
    )
    .selectAll()
    .executeTakeFirst()
}

/** Saves a requested reset, in place of an older one. */
export async function saveReset(tx: Writer, row: Selectable<FactorResetsTable>): Promise<void> {
  const { requested_at, effective_at } = row
  await tx
    .insertInto('factor_resets')
    .values(row)
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ requested_at, effective_at }))
    .execute()
}

export async function deleteReset(tx: Writer, userId: string): Promise<void> {
  await tx.deleteFrom('factor_resets').where('user_id', '=', userId).execute()
}
