import { randomInt } from 'node:crypto'

const firstMs = 5_000
/** Also the longest time that a mail waits after the mail server is back. */
export const longestBackOffMs = 10 * 60_000

/**
 * Returns how long a mail waits after a failed try: 5 seconds, doubled each time, at most 10 minutes. A fifth
 * is random, so that mails that failed together are not tried together.
 * @param attempts so far, from 1
 */
export function backOffMs(attempts: number): number {
  const fullMs = Math.min(firstMs * 2 ** (attempts - 1), longestBackOffMs)
  return fullMs - randomInt(fullMs / 5)
}
