import type { Context } from '../../context.ts'
import type { Writer } from '../../db/database.ts'
import { recordEvent } from '../audit/index.ts'
import { deleteDevices } from '../devices/index.ts'
import { endAddressLink } from '../emails/index.ts'
import { notify } from '../mail/index.ts'
import { consumeSecret, revokeRecoveryLinks } from '../one-time-secrets/index.ts'
import { endPasswordLockouts, replaceCredential } from '../passwords/index.ts'
import { deleteAllSessions } from '../sessions/index.ts'
import { countOf, deleteAllTokens } from '../tokens/index.ts'
import { findEnabledUser } from '../users/index.ts'
import { findLink } from './link.ts'

interface Reset {
  userId: string
  secret: string
  hash: string
}

/**
 * Uses up a link and replaces the password of its user. What the old password opened ends: sessions, access
 * tokens, known devices, other links to a password or to a new address (ASVS 5.0 7.4.3). Passkeys and outside
 * identities stay. The pauses and the lockout of the account end. It opens no session, so that recovery never
 * replaces a second factor: the log-in that follows asks for every factor of the account (ASVS 5.0 6.4.3).
 * @returns null when the link was used, replaced or revoked since, or the user was disabled or removed
 */
export async function resetPassword(
  tx: Writer,
  ctx: Context,
  { userId, secret, hash }: Reset,
): Promise<{ endedSessions: number } | null> {
  const now = ctx.clock()
  // Locks the user before the secret, as every call does that revokes the secrets of a user.
  const user = await findEnabledUser(tx, userId)
  const link = user === undefined ? null : await findLink(tx, { secret, now })
  if (user === undefined || link === null) return null
  // Of simultaneous calls, one gets the subject.
  const subject = await consumeSecret(tx, { purpose: link.purpose, secret, now })
  if (subject !== user.id) return null
  await replaceCredential(tx, { userId, hash, now })
  const endedSessions = await deleteAllSessions(tx, { userId, now })
  await deleteDevices(tx, userId)
  await revokeRecoveryLinks(tx, userId)
  await endAddressLink(tx, ctx, userId)
  await endPasswordLockouts(tx, ctx, userId)
  const revokedTokens = await deleteAllTokens(tx, { userId, now })
  const detail = { endedSessions, ...countOf({ revokedTokens }) }
  await recordEvent(tx, ctx, { event: 'password-reset', subject: userId, detail })
  await notify(tx, ctx, user, 'password-reset', {})
  return { endedSessions }
}
