import type { Composer } from '../mail/index.ts'
import { issueSecret } from '../one-time-secrets/index.ts'
import { findUserById } from '../users/index.ts'
import { invitationLink } from './create-invitation.ts'
import { findInvitation } from './store.ts'

/** Makes the mail of an invitation that is still open. */
export const composeInvitation: Composer<'invitation'> = async (tx, services, { invitationId }) => {
  const now = services.clock()
  const row = await findInvitation(tx, invitationId)
  if (row === undefined || row.address === null || row.revoked_at !== null || row.expires_at <= now)
    return null
  const creator = row.created_by === null ? undefined : await findUserById(tx, row.created_by)
  const secret = await issueSecret(tx, {
    purpose: 'invitation',
    subject: row.id,
    expiresAt: row.expires_at,
    now,
  })
  const link = invitationLink(services, secret)
  return {
    to: row.address,
    userId: null,
    uselessAt: row.expires_at,
    kind: 'invitation',
    data: { link, invitedBy: creator?.name ?? null, expiresAt: row.expires_at },
  }
}
