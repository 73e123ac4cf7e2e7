import { setTimeout as sleep } from 'node:timers/promises'

import type { Context } from './context.ts'
import type { FairQueue } from './fair-queue.ts'
import { fail } from './failures.ts'

type HeavyReader = Pick<Context, 'db' | 'heavyReads'>

/** When a caller with too many waiting reads should try again. */
const retryAfterSeconds = 1

/**
 * Waits for the account's turn among the reads that cost most: lists and searches. An account has one at a
 * time.
 * @throws UNAVAILABLE when too many wait, or the caller left meanwhile
 */
export async function heavyTurn(
  { db, heavyReads }: HeavyReader,
  userId: string,
  callerLeft: AbortSignal | undefined,
): Promise<Disposable> {
  const turn = await db.waitForTurn(heavyReads.enter(userId))
  if (turn !== null && callerLeft?.aborted !== true) return turn
  turn?.[Symbol.dispose]()
  throw fail('UNAVAILABLE', { retryAfterSeconds })
}

/** How soon an export asks again for its turn when its account has too many waiting. */
const askAgainMs = 100

/** Reads each page in a turn of its own, so that a caller who takes it slowly keeps nobody waiting. */
export async function* inTurns<T>(
  heavyReads: FairQueue,
  userId: string,
  pages: AsyncIterable<T>,
): AsyncGenerator<T> {
  const iterator = pages[Symbol.asyncIterator]()
  for (;;) {
    const page = await readNext(heavyReads, userId, iterator)
    if (page.done === true) return
    yield page.value
  }
}

async function readNext<T>(
  heavyReads: FairQueue,
  userId: string,
  iterator: AsyncIterator<T>,
): Promise<IteratorResult<T>> {
  for (;;) {
    using turn = await heavyReads.enter(userId)
    if (turn !== null) return await iterator.next()
    await sleep(askAgainMs)
  }
}
