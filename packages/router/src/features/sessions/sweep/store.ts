import type { Writer } from '../../../db/database.ts'
import { deleteBatch } from '../../../db/delete-batch.ts'

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
  await deleteBatch(tx, 'sessions', 'id', (rows) =>
    rows.where('ends_at', '<=', now).orderBy('ends_at').limit(limit),
  )
}
