import { linkMailLimits as limits } from '@app/contract'
import type { MailKind } from '@app/mails'
import type { Services } from '../../../context.ts'
import type { Writer } from '../../../db/database.ts'
import { limitFactor } from '../../../settings/limit-factor.ts'
import { recipientHmac } from './recipient-hmac.ts'
import { countMailsOfUser, findMailsTo, hasMails } from './store.ts'

type LimitDeps = Pick<Services, 'clock' | 'identifierKey' | 'settings' | 'log'>

interface LinkMail {
  kind: MailKind
  /** In normalised form. */
  address: string
  /** The account that it is about. */
  userId: string | null
}

const dayMs = 24 * 3_600_000
const hourMs = 3_600_000

/**
 * Returns whether a mail with a link may be sent now. Composers call it before they issue a secret, and
 * return null if not: the link that was mailed before then stays valid. Counts stored mails, so it holds for
 * all processes and over restarts. Lock the row of the account or address first: simultaneous composers would
 * count the same mails.
 *
 * - To one address, the pauses between mails of a kind grow in a day from 1 to 25 minutes. So an attacker
 *   fills no inbox, and a recovery link, which is valid for longer, is always in the inbox of its owner.
 * - An account causes a limited number of mails of a kind in a day: more than one address can get, so that
 *   requests of others never use up what the owner needs.
 * - All accounts together cause a limited number in an hour.
 */
export async function mayMail(
  tx: Writer,
  services: LimitDeps,
  { kind, address, userId }: LinkMail,
): Promise<boolean> {
  const factor = limitFactor(services.settings)
  const now = services.clock()
  const hmac = recipientHmac(services, address)
  const earlier = await findMailsTo(tx, {
    hmac,
    kind,
    from: now - dayMs,
    to: now,
    limit: limits.pausesMs.length,
  })
  const [newest] = earlier
  if (newest !== undefined) {
    const pauseMs = limits.pausesMs[earlier.length - 1] ?? 0
    if (now < newest + pauseMs / factor) return false
  }
  const ofUser =
    userId === null ? 0 : await countMailsOfUser(tx, { userId, kind, from: now - dayMs, to: now })
  if (ofUser >= limits.perAccountAndDay * factor) return false
  const isBusy = await hasMails(tx, { from: now - hourMs, to: now, count: limits.perHour * factor })
  if (isBusy) services.log.warn({ kind }, 'the limit of mails an hour is reached; a mail was not sent')
  return !isBusy
}
