import { searchKey } from '@app/contract'
import type { Reader, Writer } from '../../db/database.ts'
import type { Fail } from '../../failures.ts'
import { consumeSecret, inspectSecret } from '../one-time-secrets/index.ts'
import { findInvitation, saveAccepted } from './store.ts'
import type { FoundInvitation } from './store.ts'

/** Finds the open invitation of a link without accepting it. */
export async function findOpenInvitation(
  db: Reader,
  { secret, now }: { secret: string; now: number },
): Promise<FoundInvitation | null> {
  const found = await inspectSecret(db, { purpose: 'invitation', secret, now })
  const row = found === undefined ? undefined : await findInvitation(db, found.subject)
  return row === undefined || row.accepted_at !== null || row.revoked_at !== null || row.expires_at <= now
    ? null
    : row
}

/** The address of an account that accepts an invitation. */
export interface InvitedEmail {
  address: string
  /** Whether the link proves that its user receives mail at the address. */
  isVerified: boolean
}

/**
 * Decides about the address of the new account. An invitation for an address is for its owner: a link that
 * was mailed proves it, and with any other link the same address must be entered.
 * @param invitation null without one
 * @throws INVALID_INPUT when another address was entered
 */
export function invitedEmail(
  invitation: FoundInvitation | null,
  entered: string | undefined,
  fail: Fail<'INVALID_INPUT'>,
): InvitedEmail | null {
  if (invitation === null || invitation.address === null) {
    return entered === undefined ? null : { address: entered, isVerified: false }
  }
  const isProved = invitation.address_proved === 1
  const isSame = entered !== undefined && searchKey(entered) === invitation.address_key
  if (isSame || (entered === undefined && isProved)) {
    return { address: invitation.address, isVerified: isProved }
  }
  const sentence =
    entered === undefined
      ? 'Enter the email address that was invited.'
      : 'This invitation is for another email address.'
  throw fail('INVALID_INPUT', { fields: { email: [sentence] }, form: [] })
}

/**
 * Uses up the link in the transaction of the sign-up, so that of simultaneous ones only one gets an account.
 * @returns the id of the invitation; null when it was accepted or revoked meanwhile
 */
export async function acceptInvitation(
  tx: Writer,
  { secret, userId, now }: { secret: string; userId: string; now: number },
): Promise<string | null> {
  const id = await consumeSecret(tx, { purpose: 'invitation', secret, now })
  if (id === null) return null
  return (await saveAccepted(tx, id, { userId, now })) ? id : null
}
