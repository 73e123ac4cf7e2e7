import { setImmediate as nextTurnOfTheLoop } from 'node:timers/promises'
import { batchAnswerLimitBytes, batchLimit } from '@app/contract'
import { createFairQueue } from './fair-queue.ts'

/**
 * The answers of a batch, which leave together: one is made after the other, and what does not fit is not
 * made.
 */
export interface BatchBudget {
  /** Waits until the calls before have ended. Dispose of it at the end. */
  nextCall(): Promise<Disposable | null>
  readonly isFull: boolean
  /** Counts an answer. @returns false when it does not fit beside those before */
  fits(answer: unknown): Promise<boolean>
}

export function createBatchBudget(): BatchBudget {
  const calls = createFairQueue({ atOnce: 1, waitingPerKey: batchLimit, waiting: batchLimit })
  let bytes = 0
  return {
    nextCall: () => calls.enter('batch'),
    get isFull() {
      return bytes >= batchAnswerLimitBytes
    },
    fits: async (answer) => {
      bytes += Buffer.byteLength(JSON.stringify(answer) ?? '')
      // Others get the thread before the whole answer is made.
      await nextTurnOfTheLoop()
      return bytes <= batchAnswerLimitBytes
    },
  }
}
