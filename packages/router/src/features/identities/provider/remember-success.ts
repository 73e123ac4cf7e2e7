/** How long a failure is remembered: a server that is down is asked once in this time, not once a click. */
const failureMs = 10_000

/**
 * Returns a function that does the work once and remembers its result. Calls at the same time share it. After
 * a failure the same error is thrown for 10 seconds; then the work is tried again.
 * @param now milliseconds that never decrease
 */
export function rememberSuccess<T>(
  work: () => Promise<T>,
  now: () => number = () => performance.now(),
): () => Promise<T> {
  let current: Promise<T> | null = null
  let failedAt: number | null = null
  return () => {
    if (failedAt !== null && now() - failedAt >= failureMs) {
      current = null
      failedAt = null
    }
    current ??= work().catch((error: unknown) => {
      failedAt = now()
      throw error
    })
    return current
  }
}
