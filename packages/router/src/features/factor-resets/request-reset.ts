import type { Services } from '../../context.ts'
import type { Writer } from '../../db/database.ts'
import { recordEvent } from '../audit/index.ts'
import type { AuditContext } from '../audit/index.ts'
import { listSecondFactorMethods } from '../factors/index.ts'
import { notify } from '../mail/index.ts'
import type { NoticeDeps } from '../mail/index.ts'
import { issueSecret } from '../one-time-secrets/index.ts'
import { findEnabledUser } from '../users/index.ts'
import { hasFirstStep } from '../ways-in/index.ts'
import { findReset, lifetimeMs, saveReset } from './store.ts'

type RequestDeps = NoticeDeps & AuditContext & Pick<Services, 'settings' | 'publicUrl'>

export interface RequestedReset {
  username: string
  /** From then on a log-in with the link removes the factors, in milliseconds since 1970 UTC. */
  effectiveAt: number
  /** Handed over to the user in person. It is returned once. */
  link: string
  /** Milliseconds since 1970 UTC. */
  expiresAt: number
}

/**
 * Requests the removal of all second factors of a user who lost them, after an admin or operator has checked
 * whom they talk to (ASVS 5.0 6.4.6). The owner gets a notice, and can cancel it until it takes effect. A
 * second request does not postpone the first, and its link replaces the older one.
 * @returns null when the user does not exist, is disabled, has no second factor, or no first step of a log-in
 */
export async function requestReset(
  tx: Writer,
  deps: RequestDeps,
  userId: string,
): Promise<RequestedReset | null> {
  const user = await findEnabledUser(tx, userId)
  if (user === undefined || (await listSecondFactorMethods(tx, userId)).length === 0) return null
  // The link is a second step. A passkey alone has no first one.
  if (!(await hasFirstStep(tx, deps, user))) return null
  const { username } = user
  const now = deps.clock()
  const earlier = await findReset(tx, { userId, now })
  const effectiveAt = Math.min(now + deps.settings.factorResetDelayMs, earlier?.effective_at ?? Infinity)
  const expiresAt = effectiveAt + lifetimeMs
  await saveReset(tx, { user_id: userId, requested_at: now, effective_at: effectiveAt })
  const issuedBy = deps.actor.kind === 'user' ? deps.actor.id : null
  const secret = await issueSecret(tx, { purpose: 'factor-reset', subject: userId, expiresAt, now, issuedBy })
  await recordEvent(tx, deps, { event: 'factor-reset-requested', subject: userId })
  const by = deps.actor.kind === 'system' ? 'operator' : 'admin'
  await notify(tx, deps, user, 'factor-reset-requested', { by, effectiveAt })
  // In the fragment, which browsers send to no server: it is in no log and in no `Referer`.
  return { username, effectiveAt, link: `${deps.publicUrl()}/reset-factors#${secret}`, expiresAt }
}
