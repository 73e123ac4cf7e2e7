import type { Reader, Writer } from '../../db/database.ts'

export interface BucketState {
  failures: number
  closed_until: number
}

export function findBucket(db: Reader, bucket: string): Promise<BucketState | undefined> {
  return db
    .selectFrom('login_throttles')
    .where('bucket', '=', bucket)
    .select(['failures', 'closed_until'])
    .executeTakeFirst()
}

/**
 * Makes the row when there is none and locks it, so that what follows in the transaction is exact over all processes.
 * One statement, because between two of them a log-in elsewhere may succeed and delete the row.
 */
export function lockBucket(tx: Writer, bucket: string): Promise<BucketState & { purge_at: number | null }> {
  return tx
    .insertInto('login_throttles')
    .values({ bucket, failures: 0, closed_until: 0, purge_at: null })
    .onConflict((conflict) => conflict.column('bucket').doUpdateSet({ bucket }))
    .returning(['failures', 'closed_until', 'purge_at'])
    .executeTakeFirstOrThrow()
}

export async function saveBucket(
  tx: Writer,
  bucket: string,
  state: BucketState & { purge_at: number | null },
): Promise<void> {
  await tx.updateTable('login_throttles').set(state).where('bucket', '=', bucket).execute()
}

export async function deleteBuckets(tx: Writer, buckets: readonly string[]): Promise<void> {
  await tx.deleteFrom('login_throttles').where('bucket', 'in', buckets).execute()
}

/** Forgets a few rows whose time is over: each attempt sweeps up more than it adds. */
export async function sweepBuckets(tx: Writer, now: number, atMost: number): Promise<void> {
  const over = tx
    .selectFrom('login_throttles')
    .select('bucket')
    .where('purge_at', '<=', now)
    .orderBy('purge_at')
    .limit(atMost)
    .forUpdate()
    .skipLocked()
  await tx.deleteFrom('login_throttles').where('bucket', 'in', over).execute()
}
