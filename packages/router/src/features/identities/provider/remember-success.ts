/** How long a result is used before the work is done again: a provider may change its endpoints. */
const freshMs = 3_600_000

/** How long a failure is remembered: a server that is down is asked once in this time, not once a click. */
const failureMs = 10_000

/**
 * Returns a function that does the work once and remembers its result. Calls at the same time share it. After
 * an hour the work is done again, and the old result is returned until then. A failure keeps the old result.
 * Without one, the same error is thrown for 10 seconds; then the work is tried again.
 * @param now milliseconds that never decrease
 */
export function rememberSuccess<T>(
  work: () => Promise<T>,
  now: () => number = () => performance.now(),
): () => Promise<T> {
  let result: Promise<T> | null = null
  let latest: Promise<T> | null = null
  /** When the work may be done again; infinite while it is in progress. */
  let dueAt = -Infinity
  const begin = () => {
    dueAt = Infinity
    const begun = work()
    void begun.then(
      () => {
        result = begun
        dueAt = now() + freshMs
      },
      () => {
        dueAt = now() + failureMs
      },
    )
    return begun
  }
  return () => {
    if (latest === null || now() >= dueAt) latest = begin()
    return result ?? latest
  }
}
