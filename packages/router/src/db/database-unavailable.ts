/**
 * The database cannot do its work now: it is gone, locked, full, damaged or read-only, and nothing is wrong
 * with the query. Callers answer "try again later". `message` is one line for an operator and may name a
 * path, so it is for the log and never for a response; the driver's error is the `cause`.
 *
 * When it comes out of `write`, the work was rolled back, with one exception that no client can rule out: a
 * connection (PostgreSQL) or the writing thread (SQLite) lost in the middle of the commit itself.
 */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable'
  /** A hint for `Retry-After`. */
  readonly retryAfterSeconds: number
  /** The data itself cannot be read: waiting does not help, a backup does. */
  readonly isDamage: boolean

  constructor(
    message: string,
    options: { cause?: unknown; retryAfterSeconds?: number; isDamage?: boolean } = {},
  ) {
    super(message, { cause: options.cause })
    this.retryAfterSeconds = options.retryAfterSeconds ?? 2
    this.isDamage = options.isDamage ?? false
  }
}
