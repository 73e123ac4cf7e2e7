import type { Invitation } from '@app/contract'
import { toInstant } from '../../ports/clock.ts'
import type { FoundInvitation, ListedInvitation } from './store.ts'

/** Returns an invitation as admins see it. */
export function toInvitation(row: FoundInvitation & Partial<ListedInvitation>, now: number): Invitation {
  return {
    id: row.id,
    email: row.address,
    role: row.role,
    status: statusOf(row, now),
    createdAt: toInstant(row.created_at),
    expiresAt: toInstant(row.expires_at),
    createdBy: row.creator_username ?? null,
    acceptedBy: row.guest_username ?? null,
  }
}

function statusOf(row: FoundInvitation, now: number): Invitation['status'] {
  if (row.accepted_at !== null) return 'accepted'
  if (row.revoked_at !== null) return 'revoked'
  return row.expires_at <= now ? 'expired' : 'open'
}
