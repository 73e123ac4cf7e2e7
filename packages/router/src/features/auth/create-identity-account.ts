import type { Role } from '@app/contract'
import type { Context } from '../../context.ts'
import type { Writer } from '../../db/database.ts'
import type { Fail } from '../../failures.ts'
import { insertIdentity, shownNameOf } from '../identities/index.ts'
import type { PendingSignup } from '../identities/index.ts'
import { createAccount } from '../users/index.ts'
import { finishSignup } from './finish-signup.ts'
import type { NewAccount } from './finish-signup.ts'

interface NewIdentityAccount extends Pick<NewAccount, 'email' | 'invitation' | 'previousSession' | 'device'> {
  identity: PendingSignup
  username: string
  name: string
  role: Role
}

/**
 * Creates an account without a password for a proved identity, and logs its user in. Call it in a transaction
 * of its own, which an error rolls back.
 * @throws USERNAME_TAKEN, IDENTITY_TAKEN, LINK_INVALID
 */
export async function createIdentityAccount(
  tx: Writer,
  ctx: Context,
  { identity, username, name, role, ...signup }: NewIdentityAccount,
  fail: Fail<'USERNAME_TAKEN' | 'IDENTITY_TAKEN' | 'LINK_INVALID'>,
) {
  const user = await createAccount(tx, ctx, { username, name, role, passwordHash: null })
  if (user === null) throw fail('USERNAME_TAKEN')
  const { provider, issuer, subject, remembered } = identity
  const linked = { userId: user.id, provider, issuer, subject, name: shownNameOf(identity) }
  if (!(await insertIdentity(tx, { ...linked, now: ctx.clock() }))) throw fail('IDENTITY_TAKEN')
  const session = { path: 'auth.identitySignup', methods: ['oidc'], remembered } as const
  return finishSignup(tx, ctx, { ...signup, ...session, user, detail: { provider } }, fail)
}
