import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { batchAnswerLimitBytes, batchLimit } from '@app/contract'
import { fail } from '../failures.ts'
import { createFairQueue } from './fair-queue.ts'

/**
 * Bounds the responses of a batch, which are sent together: calls run one after the other, and not at all
 * once the batch is full.
 */
export interface BatchBudget {
  /** Waits until the previous calls have ended. Dispose of it at the end. */
  nextCall(): Promise<Disposable | null>
  readonly isFull: boolean
  /** Counts a response. @returns false when it does not fit with the previous ones */
  fits(answer: unknown): Promise<boolean>
}

export function createBatchBudget(): BatchBudget {
  const calls = createFairQueue({ slots: 1, waitingPerKey: batchLimit, waiting: batchLimit })
  let bytes = 0
  return {
    nextCall: () => calls.enter('batch'),
    get isFull() {
      return bytes >= batchAnswerLimitBytes
    },
    fits: async (answer) => {
      bytes += Buffer.byteLength(JSON.stringify(answer) ?? '')
      // Other requests get the thread before the whole batch is done.
      await yieldToEventLoop()
      return bytes <= batchAnswerLimitBytes
    },
  }
}

/** Runs the calls of a batch one by one, so that only what fits into its response is in memory. */
export async function nextOfBatch<Result extends { ok: boolean; data?: unknown }>(
  batch: BatchBudget,
  next: () => Promise<Result>,
): Promise<Result> {
  using _slot = await batch.nextCall()
  if (batch.isFull) throw fail('UNAVAILABLE', { retryAfterSeconds: 1 })
  const result = await next()
  if (result.ok && !(await batch.fits(result.data))) throw fail('UNAVAILABLE', { retryAfterSeconds: 1 })
  return result
}
