import { normalizeLoginName } from '@app/contract'
import { pseudonymize } from '../../context.ts'
import { recordEvent } from '../audit/index.ts'
import { findVerifiedEmail } from '../emails/index.ts'
import { mayMail } from '../mail/index.ts'
import type { Composer } from '../mail/index.ts'
import { findEnabledUser, findUserByLoginName } from '../users/index.ts'
import { issueLink } from './link.ts'

/**
 * Mails a recovery link to the verified address of an enabled account. The link goes to the
 * address that was verified, never to the typed one. Every request is an event, with the address and browser
 * that asked: the owner and admins see requests that they did not make.
 */
export const composeRecovery: Composer<'recovery'> = async (tx, services, { identifier, cause }) => {
  const { clock } = services
  const loginName = normalizeLoginName(identifier)
  const userId = (await findUserByLoginName(tx, loginName))?.id
  const { requestId, ...origin } = cause
  const context = {
    clock,
    actor: { kind: 'anonymous' },
    request: { id: requestId, ip: origin.ip, userAgent: origin.userAgent },
  } as const
  // Locked, so that it is not disabled or removed before the link is stored.
  const user = userId === undefined ? undefined : await findEnabledUser(tx, userId)
  // Users mistype their password as a user name, so an unknown name is stored as a keyed hash only.
  const detail = userId === undefined ? { identifier: pseudonymize(services, loginName) } : {}
  await recordEvent(tx, context, { event: 'recovery-requested', subject: userId ?? null, detail })
  const email = user && (await findVerifiedEmail(tx, user.id))
  if (user === undefined || email === undefined) return null
  // Too early: the link of the last mail still works.
  const about = { kind: 'recovery', address: email.address, userId: user.id } as const
  if (!(await mayMail(tx, services, about))) return null
  const { link, expiresAt } = await issueLink(tx, services, { userId: user.id, purpose: 'recovery' })
  const validMinutes = Math.round((expiresAt - clock()) / 60_000)
  return {
    to: email.address,
    userId: user.id,
    uselessAt: expiresAt,
    kind: 'recovery',
    data: { username: user.username, link, validMinutes, origin },
  }
}
