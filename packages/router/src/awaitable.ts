/** A value, or its promise. SQLite answers at once, and a promise for each step costs more than the query. */
export type Awaitable<T> = T | Promise<T>

/** Continues with the value: now, or after the promise. */
export function andThen<T, U>(value: Awaitable<T>, next: (value: T) => Awaitable<U>): Awaitable<U> {
  return value instanceof Promise ? value.then(next) : next(value)
}

/** Does the work, and handles what it throws, now or later. */
export function orElse<T>(work: () => Awaitable<T>, handle: (cause: unknown) => Awaitable<T>): Awaitable<T> {
  try {
    const value = work()
    return value instanceof Promise ? value.catch(handle) : value
  } catch (cause) {
    return handle(cause)
  }
}

/**
 * Returns the result of a middleware, which tRPC's types want as a promise. Sound: both tRPC's loop and that
 * of the server await whatever a middleware returns.
 */
export function middlewareResult<T>(result: Awaitable<T>): Promise<T> {
  return result as Promise<T>
}
