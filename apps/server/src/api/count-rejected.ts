import type { Failure } from '@app/contract'
import { andThen, consumeCallsOfAddress } from '@app/router'
import type { Awaitable, Services } from '@app/router'
import { delayRejection } from '../admission/load-shedding.ts'

interface Rejected {
  ip: string | null
  /** How many calls the request contains. */
  calls: number
  startedAt: number
}

/**
 * Counts a request that is rejected before any procedure could count it: for its address, as calls without a
 * session.
 * @returns the failure to send instead when the allowance is used up
 */
export function countRejected(
  { rateLimits }: Services,
  { ip, calls, startedAt }: Rejected,
): Awaitable<Failure<'RATE_LIMITED'> | null> {
  return andThen(consumeCallsOfAddress(rateLimits, ip, calls), (retryAfterSeconds) => {
    if (retryAfterSeconds === 0) return null
    return delayRejection(startedAt).then(() => ({ reason: 'RATE_LIMITED' as const, retryAfterSeconds }))
  })
}
