import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { fail } from '../failures.ts'
import { networkOf } from './bounded-limiter.ts'
import type { FairQueue } from './fair-queue.ts'
import { addressKey } from './rate-limits.ts'

type HeavyReader = Pick<Context, 'db' | 'heavyReads' | 'request'>

/** When a caller with too many waiting reads should try again. */
const retryAfterSeconds = 1

/**
 * Waits for the account's turn among the reads that cost most: lists and searches. An account has one at a
 * time, and networks take turns, so that fresh accounts buy no more of them.
 * @throws UNAVAILABLE when too many wait, or the caller left meanwhile
 */
export async function heavyTurn(
  { db, heavyReads, request }: HeavyReader,
  userId: string,
  callerLeft: AbortSignal | undefined,
): Promise<Disposable> {
  const turn = await db.waitForTurn(heavyReads.enter(userId, networkOf(addressKey(request.ip))))
  if (turn !== null && callerLeft?.aborted !== true) return turn
  turn?.[Symbol.dispose]()
  throw fail('UNAVAILABLE', { retryAfterSeconds })
}

/** How soon an export asks again for its turn when its account has too many waiting. */
const askAgainMs = 100

/** Reads each page in a turn of its own, so that a caller who takes it slowly keeps nobody waiting. */
export async function* inTurns<T>(
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
    using turn = await enter()
    if (turn !== null) return await iterator.next()
    await sleep(askAgainMs)
  }
}
