/** A value, or its promise. SQLite answers at once, and a promise for each step costs more than the query. */
export type Awaitable<T> = T | Promise<T>

/** Continues with the value: now, or after the promise. */
export function andThen<T, U>(value: Awaitable<T>, next: (value: T) => Awaitable<U>): Awaitable<U> {
  return value instanceof Promise ? value.then(next) : next(value)
}
