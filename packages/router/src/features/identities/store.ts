import type { Reader, Writer } from '../../db/database.ts'
import { newId } from '../../id.ts'
import type { ProviderSettings } from '../../settings/provider-settings.ts'
import type { IdentityRow } from './table.ts'

/** Lists the identities of a user, oldest first. */
export function listIdentities(db: Reader, userId: string): Promise<IdentityRow[]> {
  return db.selectFrom('identities').where('user_id', '=', userId).selectAll().orderBy('id').execute()
}

/** Checks whether an outside identity of a provider that is offered logs the user in. */
export async function hasIdentity(
  db: Reader,
  userId: string,
  providers: readonly ProviderSettings[],
): Promise<boolean> {
  const rows = await listIdentities(db, userId)
  return rows.some((row) => isOffered(row, providers))
}

/** Checks whether the provider of an identity is still in the settings. */
export function isOffered(
  identity: Pick<IdentityRow, 'issuer'>,
  providers: readonly ProviderSettings[],
): boolean {
  return providers.some((provider) => isOf(identity, provider))
}

/** A provider may be renamed in the settings. Its issuer stays, but for a final slash. */
export function isOf({ issuer }: Pick<IdentityRow, 'issuer'>, provider: ProviderSettings): boolean {
  return issuer === provider.issuer || issuer === `${provider.issuer}/`
}

export function findIdentity(
  db: Reader,
  { issuer, subject }: Pick<IdentityRow, 'issuer' | 'subject'>,
): Promise<IdentityRow | undefined> {
  return db
    .selectFrom('identities')
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .selectAll()
    .executeTakeFirst()
}

/** Locks an identity and checks that it still logs the user in. */
export async function isIdentityOf(
  tx: Writer,
  { id, userId }: { id: string; userId: string },
  providers: readonly ProviderSettings[],
): Promise<boolean> {
  const row = await tx
    .selectFrom('identities')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .select('issuer')
    .forUpdate()
    .executeTakeFirst()
  return row !== undefined && isOffered(row, providers)
}

/** @returns false when an account has the identity */
export async function insertIdentity(
  tx: Writer,
  identity: Pick<IdentityRow, 'provider' | 'issuer' | 'subject' | 'name'> & { userId: string; now: number },
): Promise<boolean> {
  const { userId, now, ...rest } = identity
  const row = { ...rest, id: newId(now), user_id: userId, created_at: now, last_used_at: now }
  const inserted = await tx
    .insertInto('identities')
    .values(row)
    .onConflict((conflict) => conflict.columns(['issuer', 'subject']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

/** Records a use, and what the provider calls the account now. */
export async function saveIdentityUse(
  tx: Writer,
  id: string,
  { name, now }: { name: string; now: number },
): Promise<void> {
  await tx.updateTable('identities').set({ name, last_used_at: now }).where('id', '=', id).execute()
}

/** @returns the identity; null when the user has no such one */
export async function deleteIdentity(
  tx: Writer,
  { id, userId }: { id: string; userId: string },
): Promise<IdentityRow | null> {
  const [row] = await tx
    .deleteFrom('identities')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .returningAll()
    .execute()
  return row ?? null
}
