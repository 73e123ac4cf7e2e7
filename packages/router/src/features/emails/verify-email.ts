import type { Context, Services } from '../../context.ts'
import type { Reader, Writer } from '../../db/database.ts'
import { recordEvent, systemActor } from '../audit/index.ts'
import type { AuditContext } from '../audit/index.ts'
import { notify } from '../mail/index.ts'
import type { NoticeDeps } from '../mail/index.ts'
import { consumeSecret, inspectSecret, revokeRecoveryLinks } from '../one-time-secrets/index.ts'
import { findEnabledUser } from '../users/index.ts'
import {
  deletePendingEmail,
  deleteVerifiedEmail,
  findEmail,
  findPendingEmail,
  insertVerifiedEmail,
} from './store.ts'

/** Finds the address of a link. */
export async function findEmailOfLink(
  db: Reader,
  { secret, now }: { secret: string; now: number },
): Promise<{ id: string; address: string; userId: string } | null> {
  const found = await inspectSecret(db, { purpose: 'email-verification', secret, now })
  if (found === undefined) return null
  const email = await findPendingEmail(db, found.subject)
  return email === undefined ? null : { id: found.subject, address: email.address, userId: email.user_id }
}

/**
 * Uses up a link and makes its address the verified one of the user. The old one is no log-in name any more,
 * and links to choose a new password that were mailed to it end.
 * @returns false when the link was used or replaced since, the user disabled or removed, or another account
 * has verified the address; throw then, so that nothing is written
 */
export async function verifyEmail(
  tx: Writer,
  ctx: Context,
  { userId, secret }: { userId: string; secret: string },
): Promise<boolean> {
  const now = ctx.clock()
  // Locks the user before the secret, as every call does that revokes the secrets of a user.
  const user = await findEnabledUser(tx, userId)
  const email = user === undefined ? null : await findEmailOfLink(tx, { secret, now })
  if (user === undefined || email?.userId !== userId) return false
  // Of simultaneous calls, one gets the subject.
  const subject = await consumeSecret(tx, { purpose: 'email-verification', secret, now })
  if (subject !== email.id) return false
  return saveVerifiedAddress(tx, ctx, user, email.address)
}

/** @returns false when another account has verified the address; throw then */
async function saveVerifiedAddress(
  tx: Writer,
  deps: AuditContext & NoticeDeps,
  user: { id: string; username: string },
  address: string,
): Promise<boolean> {
  const { id: userId } = user
  await deletePendingEmail(tx, userId)
  const oldAddress = await deleteVerifiedEmail(tx, userId)
  if (!(await insertVerifiedEmail(tx, { userId, address, now: deps.clock() }))) return false
  await revokeRecoveryLinks(tx, userId)
  await recordEvent(tx, deps, { event: 'email-verified', subject: userId })
  await notify(tx, deps, user, 'address-verified', { address }, address)
  if (oldAddress !== undefined && oldAddress !== address) {
    await notify(tx, deps, user, 'address-changed', { newAddress: address }, oldAddress)
  }
  return true
}

/** Verifies the entered address of a user without a link, for accounts of development. */
export async function verifyEnteredAddress(services: Services, userId: string): Promise<void> {
  await services.db.write(async (tx) => {
    const user = await findEnabledUser(tx, userId)
    const address = (await findEmail(tx, userId))?.pending ?? null
    if (user === undefined || address === null) throw new Error('The user has entered no address.')
    const deps = { ...services, ...systemActor }
    if (!(await saveVerifiedAddress(tx, deps, user, address))) {
      throw new Error('Another account has verified the address.')
    }
  })
}
