import type { Context, Services } from '../../context.ts'
import type { Writer } from '../../db/database.ts'
import { queueMail } from '../mail/index.ts'
import { revokeSecrets } from '../one-time-secrets/index.ts'
import { deletePendingEmail, findEmail, insertPendingEmail } from './store.ts'

export type VerificationDeps = Pick<Services, 'clock' | 'outbox' | 'mailMode'> &
  Pick<Context, 'request' | 'queuedMailIds'>

/**
 * Saves the address that a user entered, and mails a link that confirms it, where mail is sent. It replaces
 * the pending one, whose link ends. Looks up nothing: neither the answer nor its time shows whether another
 * account has the address (ASVS 5.0 6.3.8). Call it with the user locked.
 */
export async function enterEmail(
  tx: Writer,
  deps: VerificationDeps,
  { userId, address }: { userId: string; address: string },
): Promise<void> {
  const replaced = await deletePendingEmail(tx, userId)
  if (replaced !== undefined) await revokeSecrets(tx, [replaced])
  const emailId = await insertPendingEmail(tx, { userId, address, now: deps.clock() })
  if (deps.mailMode !== 'none') await queueVerification(tx, deps, emailId)
}

/**
 * Ends the link that confirms the address that waits, when an account is taken back: an attacker who had a
 * session may have entered the address, and could confirm it later and recover the account by mail. The
 * address stays, and its user can ask for a new link. Call it with the user locked.
 */
export async function endAddressLink(tx: Writer, deps: VerificationDeps, userId: string): Promise<void> {
  const address = (await findEmail(tx, userId))?.pending ?? null
  // Under a new id, so that a mail that was queued for the old one is not sent either.
  if (address !== null) await enterEmail(tx, { ...deps, mailMode: 'none' }, { userId, address })
}

/** Queues the mail with the link. The sender decides after the answer who gets which mail. */
export async function queueVerification(
  tx: Writer,
  deps: Omit<VerificationDeps, 'mailMode'>,
  emailId: string,
): Promise<void> {
  const { id: requestId, ip, userAgent } = deps.request
  const cause = { at: deps.clock(), ip, userAgent, requestId }
  await queueMail(tx, deps, 'email-verification', { emailId, cause })
}
