import { setTimeout as sleep } from 'node:timers/promises'
import type { Awaitable } from '../awaitable.ts'
import type { Context } from '../context.ts'
import { fail } from '../failures.ts'
import { networkOf } from './bounded-limiter.ts'
import type { FairQueue, QueueSlot } from './fair-queue.ts'
import { addressKey } from './rate-limits.ts'

type HeavyReader = Pick<Context, 'db' | 'heavyReads' | 'request'>

/** When a caller with too many waiting reads should retry. */
const retryAfterSeconds = 1

/**
 * Waits for a slot for an expensive read: a list, a search or a long text. An account has one at a time.
 * Slots are fair by network, so that more accounts do not get more of them.
 * @throws UNAVAILABLE when too many wait, or the client left while waiting; DatabaseUnavailable when the call
 * has waited as long as it may
 */
export async function heavyReadSlot(
  { db, heavyReads, request }: HeavyReader,
  userId: string,
  callerLeft: AbortSignal | undefined,
): Promise<QueueSlot> {
  const network = networkOf(addressKey(request.ip))
  // A call that has waited too long must not keep its place in the queue.
  const gaveUp = new AbortController()
  const left = callerLeft === undefined ? gaveUp.signal : AbortSignal.any([gaveUp.signal, callerLeft])
  const slot = await db.waitForSlot(heavyReads.enter(userId, network, left)).catch((error: unknown) => {
    gaveUp.abort()
    throw error
  })
  if (slot === null) throw fail('UNAVAILABLE', { retryAfterSeconds })
  slot.measureBy(db.measureUse())
  return slot
}

/** A shorter body is parsed and checked in a fraction of a millisecond. */
const longBodyBytes = 8 * 1024

/** To check and store a text of 60 KB, and to return it, takes the thread 1.5 to 2.8 ms. */
const bodyBytesPerMs = 40 * 1024

/**
 * Waits for a slot before the input of an account with a long body is checked, because the call takes the
 * thread as long as a list. The slot is released at once, so that a commit keeps none. The rest is by the
 * size of the body: the call uses the thread in later turns of the event loop too. Calls without a session
 * have short inputs, and fail when they are checked.
 * @throws UNAVAILABLE as `heavyReadSlot` does
 */
export function longBodyTurn(
  ctx: HeavyReader & Pick<Context, 'meter'>,
  callerLeft: () => AbortSignal,
): Awaitable<void> {
  const { meter, request } = ctx
  if (request.bodyBytes <= longBodyBytes || meter.accountId === null) return undefined
  return heavyReadSlot(ctx, meter.accountId, callerLeft()).then((slot) =>
    slot.releaseEarly(request.bodyBytes / bodyBytesPerMs),
  )
}

/** How long an export waits before it enters again, after its account had too many waiting. */
const retryMs = 100

/** Reads each page in its own slot, so that a slow client does not block others. */
export async function* readInSlots<T>(
  { heavyReads, request }: Pick<Context, 'heavyReads' | 'request'>,
  userId: string,
  pages: AsyncIterable<T>,
): AsyncGenerator<T> {
  const iterator = pages[Symbol.asyncIterator]()
  const enter = () => heavyReads.enter(userId, networkOf(addressKey(request.ip)))
  for (;;) {
    const page = await readNext(enter, iterator)
    if (page.done === true) return
    yield page.value
  }
}

async function readNext<T>(
  enter: () => ReturnType<FairQueue['enter']>,
  iterator: AsyncIterator<T>,
): Promise<IteratorResult<T>> {
  for (;;) {
    using slot = await enter()
    if (slot !== null) return await iterator.next()
    await sleep(retryMs)
  }
}
