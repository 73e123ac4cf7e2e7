import type { Context } from '../../context.ts'
import type { Writer } from '../../db/database.ts'
import type { Fail } from '../../failures.ts'
import { actingAs, recordEvent } from '../audit/index.ts'
import { enterEmail, insertVerifiedEmail } from '../emails/index.ts'
import { acceptInvitation } from '../invitations/index.ts'
import type { InvitedEmail } from '../invitations/index.ts'
import { readSelf } from '../users/index.ts'
import type { FoundUser } from '../users/index.ts'
import { openSession } from './open-session.ts'
import type { OpenSessionInput } from './open-session.ts'

export interface NewAccount extends Omit<OpenSessionInput, 'userId' | 'factorId'> {
  user: FoundUser
  email: InvitedEmail | null
  /** The secret of the invitation's link. */
  invitation: string | undefined
  /** Of the event. */
  detail?: { provider: string }
}

/**
 * Accepts the invitation of a new account, enters its address, logs its user in and records the sign-up. Call
 * it in the transaction that created the account, which an error rolls back.
 * @throws LINK_INVALID when the invitation was accepted or revoked meanwhile
 */
export async function finishSignup(
  tx: Writer,
  ctx: Context,
  { user, email, invitation: secret, detail, ...session }: NewAccount,
  fail: Fail<'LINK_INVALID'>,
) {
  const userId = user.id
  const now = ctx.clock()
  const invitation = secret === undefined ? undefined : await acceptInvitation(tx, { secret, userId, now })
  if (invitation === null) throw fail('LINK_INVALID')
  if (email?.isVerified === true) {
    // Saves nothing if another account has verified the address since the invitation.
    await insertVerifiedEmail(tx, { userId, address: email.address, now })
  } else if (email !== null) {
    await enterEmail(tx, ctx, { userId, address: email.address })
  }
  const token = await openSession(tx, ctx, { ...session, userId, factorId: null })
  const acting = actingAs(ctx, userId)
  await recordEvent(tx, acting, { event: 'signup', subject: userId, ...(detail && { detail }) })
  if (invitation !== undefined) {
    const accepted = { event: 'invitation-accepted', subject: userId, detail: { invitation } } as const
    await recordEvent(tx, acting, accepted)
  }
  return { token, self: await readSelf(tx, user) }
}
