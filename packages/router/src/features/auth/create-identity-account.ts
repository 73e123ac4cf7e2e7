import { roles } from '@app/contract'
import type { Context } from '../../context.ts'
import type { Writer } from '../../db/database.ts'
import type { Fail } from '../../failures.ts'
import { recordEvent } from '../audit/index.ts'
import type { Device } from '../devices/index.ts'
import { enterEmail, insertVerifiedEmail } from '../emails/index.ts'
import { insertIdentity, shownNameOf } from '../identities/index.ts'
import type { PendingSignup } from '../identities/index.ts'
import { acceptInvitation } from '../invitations/index.ts'
import type { FoundInvitation } from '../invitations/index.ts'
import { createAccount, readSelf } from '../users/index.ts'
import { openSession } from './open-session.ts'
import type { OpenSessionInput } from './open-session.ts'

interface NewIdentityAccount {
  identity: PendingSignup
  username: string
  name: string
  email: { address: string; isVerified: boolean } | null
  invitation: { secret: string; found: FoundInvitation } | null
  previousSession: OpenSessionInput['previousSession']
  device: Device
}

/**
 * Creates an account without a password for a proved identity, and logs its user in. Call it in a transaction
 * of its own, which an error rolls back.
 * @throws USERNAME_TAKEN, IDENTITY_TAKEN, LINK_INVALID
 */
export async function createIdentityAccount(
  tx: Writer,
  ctx: Context,
  { identity, username, name, email, invitation, previousSession, device }: NewIdentityAccount,
  fail: Fail<'USERNAME_TAKEN' | 'IDENTITY_TAKEN' | 'LINK_INVALID'>,
) {
  const now = ctx.clock()
  const role = invitation?.found.role ?? roles[0]
  const user = await createAccount(tx, ctx, { username, name, role, passwordHash: null })
  if (user === null) throw fail('USERNAME_TAKEN')
  const { provider, issuer, subject } = identity
  const shownName = shownNameOf(identity)
  const isNew = await insertIdentity(tx, { userId: user.id, provider, issuer, subject, name: shownName, now })
  if (!isNew) throw fail('IDENTITY_TAKEN')
  const { secret } = invitation ?? {}
  const accepted =
    secret === undefined ? undefined : await acceptInvitation(tx, { secret, userId: user.id, now })
  if (accepted === null) throw fail('LINK_INVALID')
  if (email?.isVerified === true) {
    await insertVerifiedEmail(tx, { userId: user.id, address: email.address, now })
  } else if (email !== null) {
    await enterEmail(tx, ctx, { userId: user.id, address: email.address })
  }
  const token = await openSession(tx, ctx, {
    path: 'auth.identitySignup',
    methods: ['oidc'],
    factorId: null,
    userId: user.id,
    remembered: identity.remembered,
    previousSession,
    device,
  })
  const acting = { ...ctx, actor: { kind: 'user', id: user.id } as const }
  await recordEvent(tx, acting, { event: 'signup', subject: user.id, detail: { provider } })
  if (accepted !== undefined) {
    const event = {
      event: 'invitation-accepted',
      subject: user.id,
      detail: { invitation: accepted },
    } as const
    await recordEvent(tx, acting, event)
  }
  return { token, self: await readSelf(tx, user) }
}
