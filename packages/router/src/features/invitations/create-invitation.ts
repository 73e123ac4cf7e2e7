import type { Invitation } from '@app/contract'
import { linkLifetimesMs, roles, searchKey } from '@app/contract'
import type { Services } from '../../context.ts'
import type { Writer } from '../../db/database.ts'
import { newId } from '../../id.ts'
import type { AuditContext } from '../audit/index.ts'
import { recordEvent } from '../audit/index.ts'
import { queueMail } from '../mail/index.ts'
import { issueSecret } from '../one-time-secrets/index.ts'
import { toInvitation } from './invitation.ts'
import { insertInvitation, sweepInvitations } from './store.ts'

/** How long an invitation stays in the list after its end. */
const keptMs = 90 * 24 * 3_600_000

type InvitationDeps = Pick<Services, 'clock' | 'outbox' | 'mailMode' | 'publicUrl'> &
  AuditContext & { queuedMailIds?: Set<string> }

export interface NewInvitation {
  /** Normalised. The invitation is mailed to it, where mail is sent. */
  email: string | undefined
  createdBy: { id: string; username: string } | null
}

/**
 * Creates an invitation. Its link is returned once, unless it is mailed: then only the owner of the address
 * gets it, so that accepting it proves the address.
 */
export async function createInvitation(
  tx: Writer,
  deps: InvitationDeps,
  { email, createdBy }: NewInvitation,
): Promise<{ invitation: Invitation; link: string | null }> {
  const now = deps.clock()
  const isMailed = email !== undefined && deps.mailMode !== 'none'
  await sweepInvitations(tx, { before: now - keptMs, limit: 10 })
  const row = {
    id: newId(now),
    address: email ?? null,
    address_key: email === undefined ? null : searchKey(email),
    address_proved: isMailed ? 1 : 0,
    role: roles[0],
    created_at: now,
    created_by: createdBy?.id ?? null,
    expires_at: now + linkLifetimesMs.invitation,
    accepted_at: null,
    accepted_by: null,
    revoked_at: null,
  }
  await insertInvitation(tx, row)
  const detail = { invitation: row.id }
  await recordEvent(tx, deps, { event: 'invitation-created', subject: null, detail })
  const invitation = { ...toInvitation(row, now), createdBy: createdBy?.username ?? null }
  if (isMailed) {
    await queueMail(tx, deps, 'invitation', { invitationId: row.id })
    return { invitation, link: null }
  }
  const secret = await issueSecret(tx, {
    purpose: 'invitation',
    subject: row.id,
    expiresAt: row.expires_at,
    now,
  })
  return { invitation, link: invitationLink(deps, secret) }
}

/** The secret is in the fragment: browsers send it to no server, and it is in no log. */
export function invitationLink({ publicUrl }: Pick<Services, 'publicUrl'>, secret: string): string {
  return `${publicUrl()}/invitation#${secret}`
}
