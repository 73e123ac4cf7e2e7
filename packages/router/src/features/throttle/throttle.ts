import type { Reader, Writer } from '../../db/database.ts'
import type { ThrottleKey, ThrottleRule } from './rule.ts'
import {
  deleteThrottles,
  deleteThrottlesOf,
  findThrottle,
  lockThrottle,
  saveThrottle,
  sweepThrottles,
} from './store.ts'
import type { ThrottleState } from './store.ts'

/** An attempt that may continue. It counts as a failure until `resetFailures` clears it. */
interface Reserved {
  status: 'reserved'
  /** Whether this attempt starts a pause or the lockout if it fails. */
  triggersLockout: boolean
}

interface Rejected {
  status: 'rejected'
  retryAfterSeconds: number
}

/**
 * Returns the seconds of the pause or lockout that are left; 0 when attempts are allowed. Neither counts nor
 * writes.
 */
export async function closedForSeconds(
  db: Reader,
  { key, rule, total }: ThrottleKey,
  now: number,
): Promise<number> {
  if (total !== undefined && (await isLocked(db, total))) return total.rule.longestPauseMs / 1_000
  const state = await findThrottle(db, key)
  return state === undefined ? 0 : secondsClosed(state, rule, now)
}

/** Returns whether the key is locked: only a reset opens it again. */
export async function isLocked(db: Reader, { key, rule }: ThrottleKey): Promise<boolean> {
  const state = await findThrottle(db, key)
  return state !== undefined && state.failures >= rule.lockedAfter
}

/**
 * Counts one attempt before the password is compared, so that simultaneous attempts in any processes cannot
 * exceed the limit. It locks by writing, so the caller must roll back a rejected attempt.
 */
export async function reserveAttempt(
  tx: Writer,
  { key, rule, total }: ThrottleKey,
  now: number,
): Promise<Reserved | Rejected> {
  await sweepThrottles(tx, now, 10)
  // Lock order: the account's total, then the session.
  const ofAll = total === undefined ? undefined : { ...total, state: await lockThrottle(tx, total.key) }
  if (ofAll !== undefined && ofAll.state.failures >= ofAll.rule.lockedAfter) {
    return { status: 'rejected', retryAfterSeconds: ofAll.rule.longestPauseMs / 1_000 }
  }
  const state = await lockThrottle(tx, key)
  const retryAfterSeconds = secondsClosed(state, rule, now)
  if (retryAfterSeconds > 0) return { status: 'rejected', retryAfterSeconds }
  const closesOwn = await countFailure(tx, { key, rule, state, now })
  const closesAll = ofAll !== undefined && (await countFailure(tx, { ...ofAll, now }))
  return { status: 'reserved', triggersLockout: closesOwn || closesAll }
}

/** Clears the counts after a right password. */
export async function resetFailures(tx: Writer, keys: readonly ThrottleKey[]): Promise<void> {
  await deleteThrottles(tx, [...new Set(keys.flatMap(({ key, total }) => [key, total?.key ?? key]))])
}

/** Deletes every count with the id of a user. */
export async function deleteFailuresOf(tx: Writer, userId: string): Promise<void> {
  for (const kind of ['account', 'device', 'session']) await deleteThrottlesOf(tx, `${kind}:${userId}`)
}

interface Counted {
  key: string
  rule: ThrottleRule
  state: ThrottleState & { purge_at: number | null }
  now: number
}

/** @returns whether it starts a pause or the lockout */
async function countFailure(tx: Writer, { key, rule, state, now }: Counted): Promise<boolean> {
  // An expired count restarts at 0, even if it was not swept yet.
  const isOver = state.purge_at !== null && state.purge_at <= now
  const failures = (isOver ? 0 : state.failures) + 1
  const pauseMs = rule.pauseMs(failures)
  await saveThrottle(tx, key, {
    failures,
    closed_until: pauseMs === 0 ? 0 : now + pauseMs,
    purge_at: rule.expiresAfterMs === null ? null : now + rule.expiresAfterMs,
  })
  return pauseMs > 0 || failures >= rule.lockedAfter
}

function secondsClosed({ failures, closed_until }: ThrottleState, rule: ThrottleRule, now: number): number {
  if (failures >= rule.lockedAfter) return rule.longestPauseMs / 1_000
  const leftMs = closed_until - now
  // Longer than any pause: the clock was ahead when it was written and was corrected since.
  if (leftMs <= 0 || leftMs > rule.longestPauseMs) return 0
  return Math.ceil(leftMs / 1_000)
}
