import type { Context } from '../../context.ts'
import { networkOf } from '../../rate-limits/bounded-limiter.ts'
import { addressKey } from '../../rate-limits/rate-limits.ts'

/** Counts a sign-up, by any path. @returns 0, or after how many seconds to retry */
export async function countSignup({ rateLimits, request }: Pick<Context, 'rateLimits' | 'request'>) {
  const address = addressKey(request.ip)
  return (
    (await rateLimits.consume('signupsPerAddress', address)) ||
    (await rateLimits.consume('signupsPerNetwork', networkOf(address)))
  )
}
