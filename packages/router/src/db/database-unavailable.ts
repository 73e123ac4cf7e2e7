/**
 * The database cannot work now: it is unreachable, locked, full, damaged or read-only, and the query is not
 * the cause. Callers answer "try again later". `message` is one line for operators and may name a path: log
 * it, never send it. The driver's error is the `cause`.
 *
 * When `write` throws it, the work was rolled back. One exception cannot be ruled out by any client: the
 * connection (PostgreSQL) or the writer thread (SQLite) was lost during the commit itself.
 */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable'
  /** A hint for `Retry-After`. */
  readonly retryAfterSeconds: number
  /** The data itself cannot be read: retrying does not help, a backup does. */
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
