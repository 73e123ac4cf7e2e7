import type { Failure } from '@app/contract'
import { andThen, consumeRejected } from '@app/router'
import type { Awaitable, Caller, Services } from '@app/router'
import { delayRejection } from '../admission/load-shedding.ts'

interface Rejected {
  /** Undefined for the address alone. */
  caller?: Caller | undefined
  ip: string | null
  /** How many calls the request contains. */
  calls: number
  startedAt: number
}

/**
 * Counts a request that is rejected before any procedure could count it: as mutations of its account, or for
 * its address, as calls without a session.
 * @returns the failure to send instead when the allowance is used up
 */
export function countRejected(
  { rateLimits }: Services,
  { startedAt, caller, ...rejected }: Rejected,
): Awaitable<Failure<'RATE_LIMITED'> | null> {
  return andThen(consumeRejected(rateLimits, { caller, ...rejected }), (retryAfterSeconds) => {
    if (retryAfterSeconds === 0) return null
    return delayRejection(startedAt).then(() => ({ reason: 'RATE_LIMITED' as const, retryAfterSeconds }))
  })
}
