import type { Clock } from '../../ports/clock.ts'
import type { Database } from '../../db/database.ts'
import { closedForSeconds, reserveAttempt, type ThrottleKey } from '../throttle/index.ts'
import { enterHashQueue, type HashDeps } from './enter-hash-queue.ts'
import type { PasswordScheme } from './scheme.ts'
import { findCredential } from './store.ts'

/** "This was the password of that version": a claim that a transaction must check again before it acts on it. */
export interface PasswordVerification {
  matches: boolean
  version: number
  /**
   * What is to be stored from now on, once it matched: the hash of the new password, or of the same one by today's scheme and
   * cost when the stored one is not.
   */
  newHash: string | undefined
  /** Where the attempt is counted, to be reset by the transaction that accepts it. */
  throttleKey: ThrottleKey
  /** Whether this failure begins a pause or the lock. */
  triggersLockout: boolean
}

interface VerifyDeps extends HashDeps {
  db: Database
  clock: Clock
  passwordScheme: PasswordScheme
}

interface VerifyPasswordInput extends CountedAttempt {
  /** Undefined when nobody has the name that was typed. */
  userId: string | undefined
  password: string
  /** What is to take its place: hashed in the same turn, so that a right password never finds the queue full behind it. */
  newPassword?: string
}

/** Which failures an attempt is counted with. */
export interface CountedAttempt {
  throttleKey: ThrottleKey
  /** Whether it has the allowance of a known device, which no stranger can use up. */
  isKnownDevice: boolean
}

/** Looked up when the user name does not exist, so that the response takes as long as for a user. */
export const dummyUserId = '00000000-0000-0000-0000-000000000000'

/**
 * Compares a password with the user's, or with a dummy of the same cost when there is no such user or no password, so
 * that the work and the time tell nothing (ASVS 5.0 6.3.8, as far as it is about log-ins).
 *
 * A refusal costs neither a hash nor a write: a closed key and a full queue are found out first. The attempt is counted when
 * its turn has come and before it is compared, so that no storm of parallel guesses gets more than the allowance.
 * @throws RATE_LIMITED while the key is closed, BUSY when the queue of hashes is full
 */
export async function verifyPassword(
  deps: VerifyDeps,
  { userId = dummyUserId, password, newPassword, throttleKey, isKnownDevice }: VerifyPasswordInput,
): Promise<PasswordVerification> {
  const { db, clock, fail, passwordScheme } = deps
  const retryAfterSeconds = await closedForSeconds(db.read, throttleKey, clock())
  if (retryAfterSeconds > 0) throw fail('RATE_LIMITED', { retryAfterSeconds })

  using _ticket = await enterHashQueue(deps, { key: throttleKey.key, isKnownDevice })
  const { triggersLockout } = await db.writeFromReserve(async (tx) => {
    const attempt = await reserveAttempt(tx, throttleKey, clock())
    // Closed since it was asked above. What throws in here undoes all that the asking wrote.
    if (attempt.isClosed) throw fail('RATE_LIMITED', { retryAfterSeconds: attempt.retryAfterSeconds })
    return attempt
  })

  // Nobody is looked up like somebody: the read is part of the time that must not tell.
  const credential = await findCredential(db.read, userId)
  const matches = await passwordScheme.matches(password, credential?.hash ?? passwordScheme.dummy)
  if (credential === undefined)
    return { matches: false, version: 0, newHash: undefined, throttleKey, triggersLockout }
  const next = newPassword ?? (passwordScheme.isOutdated(credential.hash) ? password : undefined)
  const newHash = matches && next !== undefined ? await passwordScheme.hash(next) : undefined
  return { matches, version: credential.version, newHash, throttleKey, triggersLockout }
}
