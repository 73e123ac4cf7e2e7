import type { Database } from '../../db/database.ts'
import type { Clock } from '../../ports/clock.ts'
import { requireAllowance } from '../../rate-limits/require-allowance.ts'
import { countRightProof, rightProofRefusedForSeconds } from '../../rate-limits/right-proofs.ts'
import { closedForSeconds, reserveAttempt } from '../throttle/index.ts'
import type { ThrottleKey } from '../throttle/index.ts'
import { enterHashQueue } from './enter-hash-queue.ts'
import type { HashDeps } from './enter-hash-queue.ts'
import type { PasswordScheme } from './scheme.ts'
import { findCredential } from './store.ts'

/**
 * The result of a comparison with one version of the credential. A transaction must check the version before
 * it relies on the result.
 */
export interface PasswordVerification {
  matches: boolean
  version: number
  /**
   * The hash to store after a match: of the new password, or of the same one if its scheme or cost is
   * outdated.
   */
  newHash: string | undefined
  /** Counts the failures; the transaction that accepts the password resets it. */
  throttleKey: ThrottleKey
  /** Whether this failure starts a pause or the lockout. */
  triggersLockout: boolean
}

interface VerifyDeps extends HashDeps {
  db: Database
  clock: Clock
  passwordScheme: PasswordScheme
}

interface VerifyPasswordInput extends CountedAttempt {
  /** Undefined when the user name does not exist. */
  userId: string | undefined
  password: string
  /** Replaces the password. It is hashed in the same slot, so that BUSY cannot follow a right password. */
  newPassword?: string
}

/** The key under which an attempt is counted. */
export interface CountedAttempt {
  throttleKey: ThrottleKey
  /** Whether it counts for a known device, whose rate limit no other client can use up. */
  isKnownDevice: boolean
  /** The session that the password confirms; null at a log-in. */
  sessionId: string | null
}

/** Looked up when the user name does not exist, so that the response takes as long as for a user. */
export const dummyUserId = '00000000-0000-0000-0000-000000000000'

/**
 * Compares a password with the user's, or with a dummy of the same cost if there is no such user or no
 * password. So the time does not show whether the user exists (ASVS 5.0 6.3.8, as far as it is about
 * log-ins).
 *
 * Rejections come first and cost neither a hash nor a write. The attempt is counted once it has a slot and
 * before the comparison, so that concurrent guesses cannot exceed the limit. During a lockout that another
 * login name caused, no password matches.
 * @throws RATE_LIMITED during a pause or lockout, or after too many right passwords;
 *   BUSY when the hash queue is full
 */
export async function verifyPassword(
  deps: VerifyDeps,
  { userId = dummyUserId, password, newPassword, throttleKey, isKnownDevice, sessionId }: VerifyPasswordInput,
): Promise<PasswordVerification> {
  const { db, clock, fail, passwordScheme, rateLimits } = deps
  const proof =
    sessionId === null
      ? ({ use: 'password-login', userId, isKnownDevice } as const)
      : ({ use: 'confirmation', sessionId } as const)
  const retryAfterSeconds =
    (await closedForSeconds(db.read, throttleKey, clock())) ||
    (await rightProofRefusedForSeconds(rateLimits, proof))
  requireAllowance(retryAfterSeconds)

  using _slot = await enterHashQueue(deps, { key: throttleKey.key, isKnownDevice })
  // Not `ctx.transaction`: an attempt counts with or without a live session.
  const { triggersLockout, isLockedOut } = await db.writeFromReserve(async (tx) => {
    const attempt = await reserveAttempt(tx, throttleKey, clock())
    // A pause began since the check above. The throw rolls back what `reserveAttempt` wrote.
    if (attempt.status === 'rejected')
      throw fail('RATE_LIMITED', { retryAfterSeconds: attempt.retryAfterSeconds })
    return attempt
  })

  // A user that does not exist is looked up too, so that both take the same time.
  const credential = await findCredential(db.read, userId)
  const stored = isLockedOut ? undefined : credential?.hash
  const matches = await passwordScheme.matches(password, stored ?? passwordScheme.dummy)
  if (credential === undefined)
    return { matches: false, version: 0, newHash: undefined, throttleKey, triggersLockout }
  if (matches) await countRightProof(rateLimits, proof)
  const next = newPassword ?? (passwordScheme.isOutdated(credential.hash) ? password : undefined)
  const newHash = matches && next !== undefined ? await passwordScheme.hash(next) : undefined
  return { matches, version: credential.version, newHash, throttleKey, triggersLockout }
}
