import type { SecondFactorMethod } from '@app/contract'
import { sql } from 'kysely'
import type { Reader, Writer } from '../../db/database.ts'
import type { FactorKind, FactorRow } from './table.ts'

/** Lists the second factors of a user, oldest first. */
export function listFactors(db: Reader, userId: string): Promise<FactorRow[]> {
  return db.selectFrom('factors').where('user_id', '=', userId).selectAll().orderBy('id').execute()
}

/** Returns the user's factor of a kind of which a user has at most one. */
export function findFactor(
  db: Reader,
  { userId, kind }: { userId: string; kind: Exclude<FactorKind, 'passkey'> },
): Promise<FactorRow | undefined> {
  return db
    .selectFrom('factors')
    .where('user_id', '=', userId)
    .where('kind', '=', kind)
    .selectAll()
    .executeTakeFirst()
}

/**
 * Lists the methods by which the user can give a second factor; empty for an account without one. Recovery
 * codes count only beside an authenticator app or a passkey.
 */
export async function listSecondFactorMethods(db: Reader, userId: string): Promise<SecondFactorMethod[]> {
  const rows = await db
    .selectFrom('factors')
    .where('user_id', '=', userId)
    .select(({ exists, selectFrom }) => [
      'kind',
      exists(
        selectFrom('recovery_codes').select('hash').whereRef('recovery_codes.factor_id', '=', 'factors.id'),
      ).as('has_codes'),
    ])
    .execute()
  const has = (kind: FactorKind) => rows.some((row) => row.kind === kind)
  if (!has('totp') && !has('passkey')) return []
  const hasCodes = rows.some((row) => Boolean(row.has_codes))
  return [
    ...(has('passkey') ? (['passkey'] as const) : []),
    ...(has('totp') ? (['otp'] as const) : []),
    ...(hasCodes ? (['recovery'] as const) : []),
  ]
}

export async function insertFactor(
  tx: Writer,
  factor: { id: string; userId: string; kind: FactorKind; name: string; now: number },
): Promise<void> {
  const { id, userId, kind, name, now } = factor
  await tx
    .insertInto('factors')
    .values({ id, user_id: userId, kind, name, created_at: now, last_used_at: null })
    .execute()
}

export async function saveFactorUse(tx: Writer, id: string, now: number): Promise<void> {
  await tx.updateTable('factors').set({ last_used_at: now }).where('id', '=', id).execute()
}

/**
 * Deletes a factor of the user, and its recovery codes with the last one that is left. The foreign key lowers
 * the sessions that the factor carries.
 * @returns whether it existed
 */
export async function deleteFactor(
  tx: Writer,
  { id, userId }: { id: string; userId: string },
): Promise<boolean> {
  const deleted = await tx
    .deleteFrom('factors')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  if (deleted.numDeletedRows === 0n) return false
  const left = await listFactors(tx, userId)
  if (left.every(({ kind }) => kind === 'recovery')) await deleteAllFactors(tx, userId)
  return true
}

/** Deletes a requested reset too: it was for these factors, and must not remove later ones. */
export async function deleteAllFactors(tx: Writer, userId: string): Promise<void> {
  await tx.deleteFrom('factor_resets').where('user_id', '=', userId).execute()
  await tx.deleteFrom('factors').where('user_id', '=', userId).execute()
}

/** Records that the content of a factor is new, as of recovery codes that were replaced. */
export async function saveFactorCreation(tx: Writer, id: string, now: number): Promise<void> {
  await tx.updateTable('factors').set({ created_at: now, last_used_at: null }).where('id', '=', id).execute()
}

/** Counts the enabled admins who have neither an authenticator app nor a passkey. */
export async function countAdminsWithoutFactor(db: Reader): Promise<number> {
  const { admins } = await db
    .selectFrom('users')
    .where('role', '=', sql.lit('admin'))
    .where('disabled_at', 'is', null)
    .where(({ exists, not, selectFrom }) =>
      not(
        exists(
          selectFrom('factors')
            .select('factors.id')
            .whereRef('factors.user_id', '=', 'users.id')
            .where('factors.kind', '!=', 'recovery'),
        ),
      ),
    )
    .select(({ fn }) => fn.countAll<number>().as('admins'))
    .executeTakeFirstOrThrow()
  return admins
}
