import { linkLifetimesMs } from '@app/contract'
import type { Services } from '../../context.ts'
import type { Reader, Writer } from '../../db/database.ts'
import { inspectSecret, issueSecret } from '../one-time-secrets/index.ts'
import { findUserById } from '../users/index.ts'
import type { FoundUser } from '../users/index.ts'

/**
 * How a recovery link reaches the user: by mail, or from an admin or operator in person. They are two
 * purposes, so that a mail that an attacker requests does not end the link that an admin issued.
 */
const lifetimesMs = {
  recovery: linkLifetimesMs.recovery,
  'issued-recovery': linkLifetimesMs.issuedRecovery,
} as const

type LinkPurpose = keyof typeof lifetimesMs

interface NewLink {
  link: string
  /** Milliseconds since 1970 UTC. */
  expiresAt: number
}

/** Issues a link that lets its holder choose a new password, and ends the older one of the same purpose. */
export async function issueLink(
  tx: Writer,
  { clock, publicUrl }: Pick<Services, 'clock' | 'publicUrl'>,
  { userId, purpose, issuedBy = null }: { userId: string; purpose: LinkPurpose; issuedBy?: string | null },
): Promise<NewLink> {
  const now = clock()
  const expiresAt = now + lifetimesMs[purpose]
  const secret = await issueSecret(tx, { purpose, subject: userId, expiresAt, now, issuedBy })
  // In the fragment, which browsers send to no server: it is in no log and in no `Referer`.
  return { link: `${publicUrl()}/reset-password#${secret}`, expiresAt }
}

interface FoundLink {
  user: FoundUser
  purpose: LinkPurpose
  expiresAt: number
}

/** Finds the link of a secret, and its enabled user. */
export async function findLink(
  db: Reader,
  { secret, now }: { secret: string; now: number },
): Promise<FoundLink | null> {
  for (const purpose of ['recovery', 'issued-recovery'] as const) {
    const found = await inspectSecret(db, { purpose, secret, now })
    if (found === undefined) continue
    const user = await findUserById(db, found.subject)
    if (user?.disabled_at === null) return { user, purpose, expiresAt: found.expires_at }
  }
  return null
}
