import { createHash, randomBytes } from 'node:crypto'
import { linkLifetimesMs } from '@app/contract'
import type { Reader, Writer } from '../../db/database.ts'
import {
  deleteSecret,
  deleteSecretsIssuedBy,
  deleteSecretsOfSubjects,
  findSecret,
  saveSecret,
  sweepSecrets,
} from './store.ts'

/**
 * What a secret may be used for, and what its subject is: `email-verification` an address, `recovery` (sent
 * by mail) and `issued-recovery` (handed over by an admin) a user, `factor-reset` a user, `invitation` an
 * invitation. A mail that a stranger asks for must not end the link that an admin issued, so they are two
 * purposes.
 */
export type SecretPurpose =
  | 'email-verification'
  | 'recovery'
  | 'issued-recovery'
  | 'factor-reset'
  | 'invitation'

const lifetimesMs: Readonly<Record<SecretPurpose, number>> = {
  'email-verification': linkLifetimesMs.emailVerification,
  recovery: linkLifetimesMs.recovery,
  'issued-recovery': linkLifetimesMs.issuedRecovery,
  'factor-reset': linkLifetimesMs.factorReset,
  invitation: linkLifetimesMs.invitation,
}

// Sound: the keys of the record above.
const allPurposes = Object.keys(lifetimesMs) as SecretPurpose[]

/** The clocks of two servers differ by less. */
const toleranceMs = 60_000

interface NewSecret {
  purpose: SecretPurpose
  subject: string
  /** Milliseconds since 1970 UTC. */
  expiresAt: number
  now: number
  /** The admin who hands it over. */
  issuedBy?: string | null
}

/**
 * Issues a secret and ends the older one of the same subject and purpose. Only its hash is stored (ASVS 5.0
 * 6.5.1, 6.5.2, 6.6.2).
 * @returns 32 random bytes in base64url
 */
export async function issueSecret(
  tx: Writer,
  { purpose, subject, expiresAt, now, issuedBy = null }: NewSecret,
): Promise<string> {
  const secret = randomBytes(32).toString('base64url')
  await sweepSecrets(tx, now, 10)
  await saveSecret(tx, {
    hash: hashOf(purpose, secret),
    purpose,
    subject,
    expires_at: expiresAt,
    issued_by: issuedBy,
  })
  return secret
}

interface PresentedSecret {
  purpose: SecretPurpose
  secret: string
  now: number
}

/** Returns whose secret it is without using it up; undefined when it is unknown, used or expired. */
export function inspectSecret(db: Reader, presented: PresentedSecret) {
  return findSecret(db, hashed(presented))
}

/**
 * Uses up a secret, in the transaction of its effect.
 * @returns its subject; null when it is unknown, used or expired
 */
export function consumeSecret(tx: Writer, presented: PresentedSecret): Promise<string | null> {
  return deleteSecret(tx, hashed(presented))
}

/**
 * Ends the links of these subjects.
 * @param purposes by default all
 */
export async function revokeSecrets(
  tx: Writer,
  subjects: readonly string[],
  purposes: readonly SecretPurpose[] = allPurposes,
): Promise<void> {
  if (subjects.length > 0) await deleteSecretsOfSubjects(tx, subjects, purposes)
}

/**
 * Ends the links by which a user chooses a new password. The link of a factor reset stays: it is worth
 * nothing without the new password.
 */
export function revokeRecoveryLinks(tx: Writer, userId: string): Promise<void> {
  return revokeSecrets(tx, [userId], ['recovery', 'issued-recovery'])
}

/**
 * Ends all links that an admin issued. Call it when the admin loses the role or the account, with all admins
 * locked, so that a link is not issued at the same time.
 */
export async function revokeIssuedSecrets(tx: Writer, adminId: string): Promise<void> {
  await deleteSecretsIssuedBy(tx, adminId)
}

/**
 * A secret that would be valid for longer than its lifetime was issued while the clock was ahead, and is
 * rejected.
 */
function hashed({ purpose, secret, now }: PresentedSecret) {
  return { hash: hashOf(purpose, secret), purpose, now, latest: now + lifetimesMs[purpose] + toleranceMs }
}

/** Hashes the text and not its bytes: base64url has several texts for some of them. */
function hashOf(purpose: SecretPurpose, secret: string): string {
  return createHash('sha256').update(`accounts/${purpose}/v1\0${secret}`).digest('base64url')
}
