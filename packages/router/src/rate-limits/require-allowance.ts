import { fail } from '../failures.ts'

/**
 * @param waitSeconds after how many seconds to retry; 0 while the limit allows the call
 * @throws RATE_LIMITED
 */
export function requireAllowance(waitSeconds: number): void {
  if (waitSeconds > 0) throw fail('RATE_LIMITED', { retryAfterSeconds: waitSeconds })
}
