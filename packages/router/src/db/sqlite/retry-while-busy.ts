import { setTimeout as sleep } from 'node:timers/promises'
import { isBusy } from './sqlite-error.ts'

/**
 * Retries, at least once, while another process has the lock. SQLite's own busy timeout would block the event
 * loop, so it is 0 and the wait is here. Jitter keeps several processes from retrying at the same moment.
 * @param deadline on the scale of `performance.now()`
 */
export async function retryWhileBusy<T>(attempt: () => T | Promise<T>, deadline: number): Promise<T> {
  for (let longestWaitMs = 2; ; longestWaitMs = Math.min(longestWaitMs * 2, 50)) {
    try {
      return await attempt()
    } catch (error) {
      const leftMs = deadline - performance.now()
      if (!isBusy(error) || leftMs <= 0) throw error
      await sleep(Math.min(leftMs, longestWaitMs * (0.5 + Math.random() / 2)))
    }
  }
}
