/** One row counts the failed passwords of one key; no row is a clean slate. */
export interface LoginThrottlesTable {
  bucket: string
  /**
   * Failures in a row; those of a session without a known device are forgotten after an hour. An attempt
   * counts from its start.
   */
  failures: number
  /** Milliseconds since 1970 UTC; no attempt before. */
  closed_until: number
  /** When the row may be forgotten; null: never. */
  purge_at: number | null
}
