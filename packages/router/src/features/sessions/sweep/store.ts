import type { Writer } from '../../../db/database.ts'

/** Ends the user's oldest sessions beyond the `newest` ones. */
export async function trimSessions(tx: Writer, userId: string, newest: number): Promise<void> {
  const surplus = tx
    .selectFrom('sessions')
    .select('id')
    .where('user_id', '=', userId)
    .orderBy('id', 'desc')
    .limit(1_000)
    .offset(newest)
  await tx.deleteFrom('sessions').where('id', 'in', surplus).execute()
}

/** Deletes a few ended sessions of any users: every new session sweeps more than it adds. */
export async function sweepSessions(tx: Writer, now: number, limit: number): Promise<void> {
  await tx
    // Materialized: see `sweepEvents`.
    .with(
      (cte) => cte('over').materialized(),
      (db) =>
        db
          .selectFrom('sessions')
          .select('id')
          .where('ends_at', '<=', now)
          .orderBy('ends_at')
          .limit(limit)
          .forUpdate()
          .skipLocked(),
    )
    .deleteFrom('sessions')
    .where('id', 'in', ({ selectFrom }) => selectFrom('over').select('over.id'))
    .execute()
}
