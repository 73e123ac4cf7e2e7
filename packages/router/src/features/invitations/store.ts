import type { Insertable } from 'kysely'
import type { Reader, Writer } from '../../db/database.ts'
import { deleteBatch } from '../../db/delete-batch.ts'
import type { InvitationsTable } from './table.ts'

export async function insertInvitation(tx: Writer, row: Insertable<InvitationsTable>): Promise<void> {
  await tx.insertInto('invitations').values(row).execute()
}

export function findInvitation(db: Reader, id: string) {
  return db.selectFrom('invitations').where('id', '=', id).selectAll().executeTakeFirst()
}

export type FoundInvitation = NonNullable<Awaited<ReturnType<typeof findInvitation>>>

/** The newest first, with the user names of who created and who accepted each. */
export function listInvitations(db: Reader, { after, limit }: { after: string | undefined; limit: number }) {
  return db
    .selectFrom('invitations')
    .leftJoin('users as creator', 'creator.id', 'invitations.created_by')
    .leftJoin('users as guest', 'guest.id', 'invitations.accepted_by')
    .$if(after !== undefined, (query) => query.where('invitations.id', '<', after ?? ''))
    .selectAll('invitations')
    .select(['creator.username as creator_username', 'guest.username as guest_username'])
    .orderBy('invitations.id', 'desc')
    .limit(limit)
    .execute()
}

export type ListedInvitation = Awaited<ReturnType<typeof listInvitations>>[number]

/** Marks an open invitation as accepted. @returns false when it was accepted, revoked or expired */
export async function saveAccepted(
  tx: Writer,
  id: string,
  { userId, now }: { userId: string; now: number },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('invitations')
    .set({ accepted_at: now, accepted_by: userId })
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** @returns false when it was accepted or revoked, or does not exist */
export async function saveRevoked(tx: Writer, id: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('invitations')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Deletes a few invitations that expired before: more than the one that is added. */
export async function sweepInvitations(
  tx: Writer,
  { before, limit }: { before: number; limit: number },
): Promise<void> {
  await deleteBatch(tx, 'invitations', 'id', (rows) =>
    rows.where('expires_at', '<=', before).orderBy('expires_at').limit(limit),
  )
}
