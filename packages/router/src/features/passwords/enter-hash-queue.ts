import type { Services } from '../../context.ts'
import type { Fail } from '../../failures.ts'
import { requestCookies } from '../../http/cookies.ts'
import { networkOf } from '../../rate-limits/bounded-limiter.ts'
import { addressKey } from '../../rate-limits/rate-limits.ts'
import type { RateLimits } from '../../rate-limits/rate-limits.ts'
import { requireAllowance } from '../../rate-limits/require-allowance.ts'
import type { HashQueue, HashSlot } from './hash-queue.ts'

export interface HashDeps {
  hashQueue: HashQueue
  rateLimits: RateLimits
  request: { ip: string | null }
  fail: Fail<'BUSY' | 'RATE_LIMITED'>
}

interface HashRequest {
  /** What the attempt is counted with: an account, a name, a known device or a session. */
  key: string
  /** A known device has its own rate limit, and does not count for its address. */
  isKnownDevice: boolean
}

/**
 * Waits for a slot of the hash queue. Right passwords count like wrong ones.
 * @throws RATE_LIMITED when the key, the address or its network had too many hashes lately
 * @throws BUSY when the queue is full, or when the caller was evicted while waiting
 */
export async function enterHashQueue(
  { hashQueue, rateLimits, request, fail }: HashDeps,
  { key, isKnownDevice }: HashRequest,
): Promise<HashSlot> {
  const address = addressKey(request.ip)
  const limits = [
    ['hashesPerCaller', key],
    ...(isKnownDevice
      ? []
      : ([
          ['hashesPerAddress', address],
          ['hashesPerNetwork', networkOf(address)],
        ] as const)),
  ] as const
  for (const [name, of] of limits) requireAllowance(await rateLimits.wait(name, of))
  const slot = await hashQueue.enter({ key, address, isKnownDevice })
  if (slot === null) throw fail('BUSY', { retryAfterSeconds: hashQueue.retryAfterSeconds() })
  // Only hashes count: a rejected call uses up no rate limit.
  for (const [name, of] of limits) await rateLimits.consume(name, of)
  return slot
}

/**
 * Checks whether a log-in or sign-up would be BUSY, for every name and password. Costs no read of the
 * database.
 */
export function isHashQueueFull(
  { hashQueue, deviceCookie }: Pick<Services, 'hashQueue' | 'deviceCookie'>,
  { ip, cookie }: { ip: string | null; cookie: string | undefined },
): boolean {
  // A known device is preferred to unknown ones from the same address.
  return hashQueue.isFullFor(addressKey(ip)) && !deviceCookie.isPresent(requestCookies(cookie))
}
