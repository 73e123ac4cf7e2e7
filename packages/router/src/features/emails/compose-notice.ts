import type { ComposedMail, Composer } from '../mail/index.ts'
import { findVerifiedEmail } from './store.ts'

/** How long a notice is tried: it says when the change happened, and is of use late too. */
const usefulMs = 3 * 24 * 3_600_000

/** Addresses a notice to the verified address of its user, or to the address that it names. */
export const composeNotice: Composer<'notice'> = async (tx, { clock, settings }, notice) => {
  const { userId, address, mail, data, isOptional = false } = notice
  if (isOptional && settings.mailNotices !== 'all') return null
  const to = address ?? (await findVerifiedEmail(tx, userId))?.address
  if (to === undefined) return null
  // Sound: kind and data come from one member of the union.
  return { to, userId, uselessAt: clock() + usefulMs, kind: mail, data } as ComposedMail
}
