import type { Reader, Writer } from '../../db/database.ts'

export interface ThrottleState {
  failures: number
  closed_until: number
}

export function findThrottle(db: Reader, key: string): Promise<ThrottleState | undefined> {
  return db
    .selectFrom('login_throttles')
    .where('bucket', '=', key)
    .select(['failures', 'closed_until'])
    .executeTakeFirst()
}

/**
 * Makes the row when there is none and locks it, so that what follows in the transaction is exact over all
 * processes. One statement, because between two of them a log-in elsewhere may succeed and delete the row.
 */
export function lockThrottle(
  tx: Writer,
  bucket: string,
): Promise<ThrottleState & { purge_at: number | null }> {
  return tx
    .insertInto('login_throttles')
    .values({ bucket, failures: 0, closed_until: 0, purge_at: null })
    .onConflict((conflict) => conflict.column('bucket').doUpdateSet({ bucket }))
    .returning(['failures', 'closed_until', 'purge_at'])
    .executeTakeFirstOrThrow()
}

export async function saveThrottle(
  tx: Writer,
  bucket: string,
  state: ThrottleState & { purge_at: number | null },
): Promise<void> {
  await tx.updateTable('login_throttles').set(state).where('bucket', '=', bucket).execute()
}

export async function deleteThrottles(tx: Writer, buckets: readonly string[]): Promise<void> {
  await tx.deleteFrom('login_throttles').where('bucket', 'in', buckets).execute()
}

/** Removes the row of a key and those of all keys that begin with it and a colon. */
export async function deleteThrottlesOf(tx: Writer, key: string): Promise<void> {
  await tx
    .deleteFrom('login_throttles')
    .where(({ and, eb, or }) =>
      // A semicolon is the character after a colon: a range, so that the primary key finds it.
      or([eb('bucket', '=', key), and([eb('bucket', '>', `${key}:`), eb('bucket', '<', `${key};`)])]),
    )
    .execute()
}

/** Forgets a few rows whose time is over: each attempt sweeps up more than it adds. */
export async function sweepThrottles(tx: Writer, now: number, limit: number): Promise<void> {
  await tx
    // Materialized: see `sweepEvents`.
    .with(
      (cte) => cte('over').materialized(),
      (db) =>
        db
          .selectFrom('login_throttles')
          .select('bucket')
          .where('purge_at', '<=', now)
          .orderBy('purge_at')
          .limit(limit)
          .forUpdate()
          .skipLocked(),
    )
    .deleteFrom('login_throttles')
    .where('bucket', 'in', ({ selectFrom }) => selectFrom('over').select('over.bucket'))
    .execute()
}
