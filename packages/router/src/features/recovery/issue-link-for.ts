import { ExistingUsername } from '@app/contract'
import { catchFailures } from '../../catch-failures.ts'
import type { Outcome } from '../../catch-failures.ts'
import type { Services } from '../../context.ts'
import type { Writer } from '../../db/database.ts'
import { recordEvent, systemActor } from '../audit/index.ts'
import type { AuditContext } from '../audit/index.ts'
import { notify } from '../mail/index.ts'
import type { NoticeDeps } from '../mail/index.ts'
import { findEnabledUser, findUserByUsername } from '../users/index.ts'
import { issueLink } from './link.ts'

type IssueDeps = NoticeDeps & AuditContext

/**
 * Issues a link that an admin or operator hands over in person, after checking whom they talk to (ASVS 5.0
 * 6.4.6). It neither shows nor changes the password.
 * @returns null when the user does not exist or is disabled: the link would not work
 */
export async function issueLinkFor(tx: Writer, deps: IssueDeps, userId: string) {
  const user = await findEnabledUser(tx, userId)
  if (user === undefined) return null
  const issuedBy = deps.actor.kind === 'user' ? deps.actor.id : null
  const issued = await issueLink(tx, deps, { userId, purpose: 'issued-recovery', issuedBy })
  await recordEvent(tx, deps, { event: 'recovery-link-issued', subject: userId })
  const by = deps.actor.kind === 'system' ? 'operator' : 'admin'
  await notify(tx, deps, user, 'recovery-link-issued', { by })
  return { username: user.username, ...issued }
}

interface IssuedFor {
  username: string
  link: string
  /** Milliseconds since 1970 UTC. */
  expiresAt: number
}

/** Issues a link for an operator on this machine. */
export function issueRecoveryLink(
  services: Services,
  typedUsername: string,
): Promise<Outcome<IssuedFor, 'NOT_FOUND'>> {
  return catchFailures(['NOT_FOUND'], async (fail) => {
    const username = ExistingUsername.safeParse(typedUsername)
    const user = username.success ? await findUserByUsername(services.db.read, username.data) : undefined
    const issued =
      user && (await services.db.write((tx) => issueLinkFor(tx, { ...services, ...systemActor }, user.id)))
    if (!issued) throw fail('NOT_FOUND')
    return issued
  })
}
