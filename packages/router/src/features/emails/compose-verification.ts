import { linkLifetimesMs, searchKey } from '@app/contract'
import { mayMail } from '../mail/index.ts'
import type { Composer } from '../mail/index.ts'
import { issueSecret } from '../one-time-secrets/index.ts'
import { findPendingEmail, findUserByAddress, lockUserOfMail } from './store.ts'

/**
 * Mails the link that confirms an address. Where another account has verified the address, its owner gets a
 * mail that says what was tried, and there is no link. Nothing is sent when the address was replaced,
 * confirmed or removed since, its user was disabled, or the address got enough mails.
 */
export const composeVerification: Composer<'email-verification'> = async (
  tx,
  services,
  { emailId, cause: { at, ip, userAgent } },
) => {
  const pending = await findPendingEmail(tx, emailId)
  if (pending === undefined) return null
  const { address, user_id: userId, username } = pending
  const now = services.clock()
  const expiresAt = now + linkLifetimesMs.emailVerification
  const origin = { at, ip, userAgent }
  const owner = await findUserByAddress(tx, searchKey(address))
  if (owner !== undefined && owner.id !== userId) {
    const mail = { kind: 'address-in-use', userId: owner.id } as const
    await lockUserOfMail(tx, owner.id)
    if (!(await mayMail(tx, services, { ...mail, address: owner.address }))) return null
    return { ...mail, to: owner.address, uselessAt: expiresAt, data: { username: owner.username, origin } }
  }
  const mail = { kind: 'verify-address', userId } as const
  await lockUserOfMail(tx, userId)
  if (!(await mayMail(tx, services, { ...mail, address }))) return null
  const secret = await issueSecret(tx, { purpose: 'email-verification', subject: emailId, expiresAt, now })
  // In the fragment, which browsers send to no server: it is in no log and in no `Referer`.
  const link = `${services.publicUrl()}/verify-email#${secret}`
  const validMinutes = linkLifetimesMs.emailVerification / 60_000
  return { ...mail, to: address, uselessAt: expiresAt, data: { username, link, validMinutes, origin } }
}
