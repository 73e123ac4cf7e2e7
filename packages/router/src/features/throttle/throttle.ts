import type { Reader, Writer } from '../../db/database.ts'
import type { ThrottleKey, ThrottleRule } from './rule.ts'
import {
  deleteThrottle,
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
  /** Whether the hidden total is locked: the password must not be compared. */
  isLockedOut: boolean
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
  if (total !== undefined && (await isLocked(db, total, now))) return total.rule.longestPauseMs / 1_000
  const state = await findThrottle(db, key, now)
  return state === undefined ? 0 : secondsClosed(state, rule, now)
}

/** Returns whether the key is locked: a reset opens it again, or the expiry of its count. */
export async function isLocked(
  db: Reader,
  { key, rule }: Pick<ThrottleKey, 'key' | 'rule'>,
  now: number,
): Promise<boolean> {
  const state = await findThrottle(db, key, now)
  return state !== undefined && state.failures >= rule.lockedAfter
}

/**
 * Counts one attempt before the password is compared, so that simultaneous attempts in any processes cannot
 * exceed the limit. It locks by writing, so the caller must roll back a rejected attempt.
 */
export async function reserveAttempt(
  tx: Writer,
  { key, rule, total, hiddenTotal }: ThrottleKey,
  now: number,
): Promise<Reserved | Rejected> {
  // Lock order: the hidden total, the account, then the session.
  const ofHidden =
    hiddenTotal === null ? undefined : { ...hiddenTotal, state: await lockThrottle(tx, hiddenTotal.key, now) }
  const ofAll = total === undefined ? undefined : { ...total, state: await lockThrottle(tx, total.key, now) }
  if (ofAll !== undefined && ofAll.state.failures >= ofAll.rule.lockedAfter) {
    return { status: 'rejected', retryAfterSeconds: ofAll.rule.longestPauseMs / 1_000 }
  }
  const state = await lockThrottle(tx, key, now)
  const retryAfterSeconds = secondsClosed(state, rule, now)
  if (retryAfterSeconds > 0) return { status: 'rejected', retryAfterSeconds }
  const closesOwn = await countFailure(tx, { key, rule, state, now })
  const closesAll = ofAll !== undefined && (await countFailure(tx, { ...ofAll, now }))
  const isLockedOut = ofHidden !== undefined && ofHidden.state.failures >= ofHidden.rule.lockedAfter
  const closesHidden = ofHidden !== undefined && (await countFailure(tx, { ...ofHidden, now }))
  await sweepThrottles(tx, now, 10)
  const triggersLockout = closesOwn || closesAll || (closesHidden && !isLockedOut)
  return { status: 'reserved', triggersLockout, isLockedOut }
}

/**
 * Clears the counts after a right password. One statement a row, in the lock order of `reserveAttempt`: one
 * statement for all would lock them in any order, and deadlock with an attempt.
 */
export async function resetFailures(tx: Writer, keys: readonly ThrottleKey[]): Promise<void> {
  const rows = [
    ...keys.map(({ hiddenTotal }) => hiddenTotal?.key),
    ...keys.map(({ total }) => total?.key),
    // By name, as `deletePasswordFailuresOf` deletes them: the account, devices, then sessions.
    ...keys.map(({ key }) => key).toSorted(),
  ]
  for (const row of new Set(rows)) if (row !== undefined) await deleteThrottle(tx, row)
}

/** Deletes the counts of a user's wrong passwords. */
export async function deletePasswordFailuresOf(tx: Writer, userId: string): Promise<void> {
  for (const kind of ['total', 'account', 'device', 'session'])
    await deleteThrottlesOf(tx, `${kind}:${userId}`)
}

/** Deletes every count with the id of a user: of wrong passwords and of wrong codes. */
export async function deleteFailuresOf(tx: Writer, userId: string): Promise<void> {
  await deletePasswordFailuresOf(tx, userId)
  for (const kind of ['account', 'device', 'session']) await deleteThrottlesOf(tx, `factor-${kind}:${userId}`)
}

interface Counted {
  key: string
  rule: ThrottleRule
  state: ThrottleState
  now: number
}

/** @returns whether it starts a pause or the lockout */
async function countFailure(tx: Writer, { key, rule, state, now }: Counted): Promise<boolean> {
  const failures = state.failures + 1
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
