import type { Writer } from '../../db/database.ts'
import { recordEvent } from '../audit/index.ts'
import type { AuditContext } from '../audit/index.ts'
import { deleteToken } from './store.ts'

/** Revokes a token and records it. @returns whether it existed */
export async function revokeToken(
  tx: Writer,
  deps: AuditContext,
  { id, user_id: userId }: { id: string; user_id: string },
): Promise<boolean> {
  const revoked = await deleteToken(tx, { id, userId })
  if (revoked === undefined) return false
  const detail = { tokenId: id, name: revoked.name }
  await recordEvent(tx, deps, { event: 'token-revoked', subject: userId, detail, tokenId: id })
  return true
}
