import type { Writer } from '../../db/database.ts'
import { revokeSecrets } from '../one-time-secrets/index.ts'
import { saveRevoked } from './store.ts'

/**
 * Revokes an invitation and its link. Lock order, as of `acceptInvitation`: the secret, then the invitation.
 * @returns false when it was accepted or revoked, or does not exist; throw then, so that nothing is written
 */
export async function revokeInvitation(
  tx: Writer,
  { id, now }: { id: string; now: number },
): Promise<boolean> {
  await revokeSecrets(tx, [id])
  return saveRevoked(tx, id, now)
}
