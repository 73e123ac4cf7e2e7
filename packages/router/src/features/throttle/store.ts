import type { Reader, Writer } from '../../db/database.ts'
import { deleteBatch } from '../../db/delete-batch.ts'

export interface ThrottleState {
  failures: number
  closed_until: number
}

/** @returns undefined also for a count that has expired and was not swept yet */
export function findThrottle(db: Reader, key: string, now: number): Promise<ThrottleState | undefined> {
  return db
    .selectFrom('login_throttles')
    .where('bucket', '=', key)
    .where(({ eb, or }) => or([eb('purge_at', 'is', null), eb('purge_at', '>', now)]))
    .select(['failures', 'closed_until'])
    .executeTakeFirst()
}

/**
 * Creates a missing row and locks it, so that the transaction counts exactly, across all processes. One
 * statement: between two, a log-in elsewhere could delete the row.
 * @returns its state; an expired count starts again at 0
 */
export async function lockThrottle(tx: Writer, bucket: string, now: number): Promise<ThrottleState> {
  const { purge_at: purgeAt, ...state } = await tx
    .insertInto('login_throttles')
    .values({ bucket, failures: 0, closed_until: 0, purge_at: null })
    .onConflict((conflict) => conflict.column('bucket').doUpdateSet({ bucket }))
    .returning(['failures', 'closed_until', 'purge_at'])
    .executeTakeFirstOrThrow()
  return purgeAt !== null && purgeAt <= now ? { failures: 0, closed_until: 0 } : state
}

export async function saveThrottle(
  tx: Writer,
  bucket: string,
  state: ThrottleState & { purge_at: number | null },
): Promise<void> {
  await tx.updateTable('login_throttles').set(state).where('bucket', '=', bucket).execute()
}

export async function deleteThrottle(tx: Writer, bucket: string): Promise<void> {
  await tx.deleteFrom('login_throttles').where('bucket', '=', bucket).execute()
}

/** Deletes the row of a key and the rows of all keys that begin with it and a colon. */
export async function deleteThrottlesOf(tx: Writer, key: string): Promise<void> {
  await tx
    .deleteFrom('login_throttles')
    .where(({ and, eb, or }) =>
      // A semicolon follows the colon in ASCII. The range uses the primary key.
      or([eb('bucket', '=', key), and([eb('bucket', '>', `${key}:`), eb('bucket', '<', `${key};`)])]),
    )
    .execute()
}

/**
 * Deletes a few expired rows: each attempt sweeps more than it adds. It locks rows in any order. So call it
 * after the last `lockThrottle`: an attempt that waits after a sweep could deadlock.
 */
export async function sweepThrottles(tx: Writer, now: number, limit: number): Promise<void> {
  await deleteBatch(tx, 'login_throttles', 'bucket', (rows) =>
    rows.where('purge_at', '<=', now).orderBy('purge_at').limit(limit),
  )
}
