import type { Context } from '../../context.ts'
import type { Database, Writer } from '../../db/database.ts'
import type { Fail } from '../../failures.ts'
import { requireAllowance } from '../../rate-limits/require-allowance.ts'
import { recordEvent } from '../audit/index.ts'
import type { AuditContext } from '../audit/index.ts'
import { findKnownDevice } from '../devices/index.ts'
import { closedForSeconds, isLocked, reserveAttempt } from '../throttle/index.ts'
import type { ThrottleKey } from '../throttle/index.ts'

type CountContext = Context & { db: Database; fail: Fail<'RATE_LIMITED'> }

interface CountedProof {
  userId: string
  sessionId: string | null
  check?: (tx: Writer) => Promise<unknown>
}

/** A counted attempt at a second factor. It counts as a failure until `resetFailures` clears it. */
export interface FactorAttempt {
  throttleKey: ThrottleKey
  /** Whether this attempt starts a pause or the lockout if it fails. */
  triggersLockout: boolean
}

/**
 * Counts an attempt at a second factor before it is verified, so that simultaneous guesses cannot exceed the
 * limit. A known device of the account has its own counter, which no other client can use up.
 * @param sessionId of the session that is confirmed; null for a log-in
 * @param check throws if the proof cannot be accepted anyway, so that the attempt is not counted
 * @throws RATE_LIMITED during a pause or lockout
 */
export async function countFactorAttempt(
  ctx: CountContext,
  { userId, sessionId, check }: CountedProof,
): Promise<FactorAttempt> {
  const throttleKey = await throttleKeyForFactor(ctx, { userId, sessionId })
  requireAllowance(await closedForSeconds(ctx.db.read, throttleKey, ctx.clock()))
  return ctx.db.writeFromReserve(async (tx) => {
    await check?.(tx)
    const attempt = await reserveAttempt(tx, throttleKey, ctx.clock())
    // The throw rolls back what `reserveAttempt` wrote.
    if (attempt.status === 'rejected')
      throw ctx.fail('RATE_LIMITED', { retryAfterSeconds: attempt.retryAfterSeconds })
    return { throttleKey, triggersLockout: attempt.triggersLockout }
  })
}

/** Records a wrong proof, and the start of a pause. */
export async function recordFailedFactor(
  tx: Writer,
  context: AuditContext,
  { userId, method }: { userId: string; method: string },
  { triggersLockout }: FactorAttempt,
): Promise<void> {
  await recordEvent(tx, context, { event: 'second-factor-failed', subject: userId, detail: { method } })
  if (triggersLockout) await recordEvent(tx, context, { event: 'second-factor-limited', subject: userId })
}

async function throttleKeyForFactor(
  { db, clock, throttleKeys, deviceCookie, cookies }: CountContext,
  { userId, sessionId }: { userId: string; sessionId: string | null },
): Promise<ThrottleKey> {
  const keys = throttleKeys.factors
  const { hash } = deviceCookie.read(cookies)
  const isKnown = (await findKnownDevice(db.read, { userId, deviceHash: hash, now: clock() })) !== undefined
  const ofDevice =
    sessionId === null ? keys.device(userId, hash) : keys.signedIn({ userId, sessionId, deviceHash: hash })
  if (isKnown && !(await isLocked(db.read, ofDevice, clock()))) return ofDevice
  return sessionId === null ? keys.account(userId) : keys.signedIn({ userId, sessionId, deviceHash: null })
}
