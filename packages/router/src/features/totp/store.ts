import type { Insertable } from 'kysely'
import type { Reader, Writer } from '../../db/database.ts'
import { deleteBatch } from '../../db/delete-batch.ts'
import type { SessionRow } from '../sessions/index.ts'
import type { TotpEnrollmentsTable, TotpSecretsTable } from './table.ts'

export function findTotp(db: Reader, userId: string) {
  return db
    .selectFrom('totp_secrets')
    .innerJoin('factors', 'factors.id', 'totp_secrets.factor_id')
    .where('factors.user_id', '=', userId)
    .select(['totp_secrets.factor_id', 'totp_secrets.sealed'])
    .executeTakeFirst()
}

export async function insertTotp(tx: Writer, row: Insertable<TotpSecretsTable>): Promise<void> {
  await tx.insertInto('totp_secrets').values(row).execute()
}

/**
 * Uses up a time step and those before it.
 * @param wrongAfter a last step after it was written while the clock was wrong, and is ignored
 * @returns whether this call used it: of simultaneous calls, one does
 */
export async function saveTimeStep(
  tx: Writer,
  { factorId, step, wrongAfter }: { factorId: string; step: number; wrongAfter: number },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('totp_secrets')
    .set({ last_step: step })
    .where('factor_id', '=', factorId)
    .where(({ eb, or }) => or([eb('last_step', '<', step), eb('last_step', '>', wrongAfter)]))
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Saves a secret that no code has confirmed yet. It replaces an older one. */
export async function saveEnrollment(
  tx: Writer,
  row: Omit<Insertable<TotpEnrollmentsTable>, 'wrong_codes'>,
): Promise<void> {
  const { user_id, ...more } = row
  const content = { ...more, wrong_codes: 0 }
  await tx
    .insertInto('totp_enrollments')
    .values({ user_id, ...content })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(content))
    .execute()
}

/**
 * Deletes a few expired enrollments of any users. Call it after `saveEnrollment`: otherwise two calls that
 * delete each other's row would deadlock.
 */
export async function sweepEnrollments(tx: Writer, now: number, limit: number): Promise<void> {
  await deleteBatch(tx, 'totp_enrollments', 'user_id', (rows) =>
    rows.where('expires_at', '<=', now).orderBy('expires_at').limit(limit),
  )
}

/** @param latest the latest possible expiry: a later one was set while the clock was ahead */
export function findEnrollment(
  db: Reader,
  { session, now, latest }: { session: Pick<SessionRow, 'id' | 'user_id'>; now: number; latest: number },
): Promise<{ sealed: string } | undefined> {
  return db
    .selectFrom('totp_enrollments')
    .where('user_id', '=', session.user_id)
    .where('session_id', '=', session.id)
    .where('expires_at', '>', now)
    .where('expires_at', '<=', latest)
    .select('sealed')
    .executeTakeFirst()
}

/** @returns how many codes were wrong by now; null when the enrollment was used, ended or replaced */
export async function addWrongCode(
  tx: Writer,
  { userId, sealed }: { userId: string; sealed: string },
): Promise<number | null> {
  const counted = await tx
    .updateTable('totp_enrollments')
    .set(({ eb }) => ({ wrong_codes: eb('wrong_codes', '+', 1) }))
    .where('user_id', '=', userId)
    .where('sealed', '=', sealed)
    .returning('wrong_codes')
    .executeTakeFirst()
  return counted?.wrong_codes ?? null
}

/** @returns whether this call deleted it: another one may have used or replaced it */
export async function deleteEnrollment(
  tx: Writer,
  { userId, sealed }: { userId: string; sealed: string },
): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('totp_enrollments')
    .where('user_id', '=', userId)
    .where('sealed', '=', sealed)
    .executeTakeFirst()
  return numDeletedRows === 1n
}
