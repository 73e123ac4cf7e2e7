import { setTimeout as sleep } from 'node:timers/promises'
import type { Failure } from '@app/contract'
import { isHashQueueFull } from '@app/router'
import type { Services } from '@app/router'
import { isHashing } from '../api/procedure-type.ts'

/**
 * Returns BUSY for a log-in or sign-up while the hash queue is full for its client. It runs before the input
 * is parsed and before any read of the database. The procedure would fail the same way, at a higher cost.
 */
export function busyFailure(
  services: Pick<Services, 'hashQueue' | 'deviceCookie'>,
  names: string,
  client: { ip: string | null; cookie: string | undefined },
): Failure<'BUSY'> | null {
  if (!isHashing(names) || !isHashQueueFull(services, client)) return null
  return { reason: 'BUSY', retryAfterSeconds: services.hashQueue.retryAfterSeconds() }
}

/** A rejection must be sent within 100 ms; the rest is for a busy event loop. */
const maxDelayMs = 65

/**
 * Delays a rejection with `Retry-After` until 39 to 65 ms after the request came. So a client that ignores it
 * retries about 20 times a second per connection instead of 1,000. The delay is random, so clients that were
 * rejected together do not retry together.
 * @param startedAt when the request came, by `performance.now()`
 */
export async function delayRejection(startedAt: number): Promise<void> {
  const leftMs = maxDelayMs * (0.6 + 0.4 * Math.random()) - (performance.now() - startedAt)
  if (leftMs > 0) await sleep(leftMs)
}
