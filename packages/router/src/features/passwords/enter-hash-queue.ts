import { networkOf } from '../../rate-limits/bounded-limiter.ts'
import type { Services } from '../../context.ts'
import { requestCookies } from '../../http/cookies.ts'
import type { Fail } from '../../failures.ts'
import { addressKey, type RateLimits } from '../../rate-limits/rate-limits.ts'
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
  /** A known device has an allowance of its own, and needs none of its address. */
  isKnownDevice: boolean
}

/**
 * Waits for a place among the hashes that may run, for whatever a password is hashed. Right passwords count like wrong ones.
 * @throws RATE_LIMITED when the key, the address or its network had too many hashes lately
 * @throws BUSY when there is no place, or when the place was given to others meanwhile
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
  for (const [name, of] of limits) {
    const wait = await rateLimits.wait(name, of)
    if (wait > 0) throw fail('RATE_LIMITED', { retryAfterSeconds: wait })
  }
  const ticket = await hashQueue.enter({ key, address, isKnownDevice })
  if (ticket === null) throw fail('BUSY', { retryAfterSeconds: hashQueue.retryAfterSeconds() })
  // Only what is hashed counts: a full queue uses up no allowance.
  for (const [name, of] of limits) await rateLimits.consume(name, of)
  return ticket
}

/** Whether a log-in or sign-up would be BUSY, whatever the name and the password. Costs no read. */
export function isHashQueueFull(
  { hashQueue, deviceCookie }: Pick<Services, 'hashQueue' | 'deviceCookie'>,
  { ip, cookie }: { ip: string | null; cookie: string | undefined },
): boolean {
  // A known device goes before strangers from the same address.
  return hashQueue.isFullFor(addressKey(ip)) && !deviceCookie.isPresent(requestCookies(cookie))
}
