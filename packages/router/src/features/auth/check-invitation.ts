import type { Services } from '../../context.ts'
import type { Fail } from '../../failures.ts'
import { addressKey } from '../../rate-limits/rate-limits.ts'
import { requireAllowance } from '../../rate-limits/require-allowance.ts'
import { findOpenInvitation } from '../invitations/index.ts'
import type { FoundInvitation } from '../invitations/index.ts'

interface InvitationCheck extends Pick<Services, 'clock' | 'settings' | 'rateLimits'> {
  db: Pick<Services['db'], 'read'>
  request: { ip: string | null }
  fail: Fail<'INVITATION_REQUIRED' | 'LINK_INVALID'>
}

/**
 * Finds the invitation of a sign-up, before its password is hashed. The transaction of the sign-up decides.
 * @throws INVITATION_REQUIRED where SIGNUP is invite, LINK_INVALID, RATE_LIMITED
 */
export async function checkInvitation(
  { settings, rateLimits, request, db, clock, fail }: InvitationCheck,
  secret: string | undefined,
): Promise<FoundInvitation | null> {
  if (secret === undefined) {
    if (settings.signup === 'invite') throw fail('INVITATION_REQUIRED')
    return null
  }
  requireAllowance(await rateLimits.consume('linksPerAddress', addressKey(request.ip)))
  const invitation = await findOpenInvitation(db.read, { secret, now: clock() })
  if (invitation === null) throw fail('LINK_INVALID')
  return invitation
}
