import type { Reader, Writer } from '../../db/database.ts'
import type { Bucket, ThrottleRule } from './rule.ts'
import { deleteBuckets, findBucket, lockBucket, saveBucket, sweepBuckets, type BucketState } from './store.ts'

/** An attempt that may go on. It counts as a failure until `forgive` says otherwise. */
interface Reserved {
  isClosed: false
  /** Whether this attempt, should it fail, is the one that closed the bucket. */
  closesBucket: boolean
}

interface Refused {
  isClosed: true
  retryAfterSeconds: number
}

/** Asks without counting or writing. @returns 0 when the bucket is open */
export async function closedForSeconds(db: Reader, bucket: Bucket, now: number): Promise<number> {
  const state = await findBucket(db, bucket.key)
  return state === undefined ? 0 : secondsClosed(state, bucket.rule, now)
}

/**
 * Takes one attempt off the allowance before the password is compared: of many at once, over however many processes,
 * no more pass than are allowed. It locks by writing, so a caller that is refused rolls back.
 */
export async function reserveAttempt(
  tx: Writer,
  { key, rule }: Bucket,
  now: number,
): Promise<Reserved | Refused> {
  await sweepBuckets(tx, now, 10)
  const state = await lockBucket(tx, key)
  const retryAfterSeconds = secondsClosed(state, rule, now)
  if (retryAfterSeconds > 0) return { isClosed: true, retryAfterSeconds }
  // A window that is over starts anew, even if nobody has swept it up.
  const isOver = state.purge_at !== null && state.purge_at <= now
  const failures = (isOver ? 0 : state.failures) + 1
  const pauseMs = rule.pauseMs(failures)
  await saveBucket(tx, key, {
    failures,
    closed_until: pauseMs === 0 ? 0 : now + pauseMs,
    purge_at: rule.forgetAfterMs === null ? null : now + rule.forgetAfterMs,
  })
  return { isClosed: false, closesBucket: pauseMs > 0 || failures >= rule.lockedAfter }
}

/** A right password clears what was counted. */
export async function forgive(tx: Writer, buckets: readonly Bucket[]): Promise<void> {
  await deleteBuckets(
    tx,
    buckets.map(({ key }) => key),
  )
}

function secondsClosed({ failures, closed_until }: BucketState, rule: ThrottleRule, now: number): number {
  if (failures >= rule.lockedAfter) return rule.longestPauseMs / 1_000
  const leftMs = closed_until - now
  // Longer than any pause: the clock was ahead when it was written and has been put right since.
  if (leftMs <= 0 || leftMs > rule.longestPauseMs) return 0
  return Math.ceil(leftMs / 1_000)
}
