/** One row counts the failed passwords of one key; without a row the count is 0. */
export interface LoginThrottlesTable {
  bucket: string
  /**
   * Consecutive failures. Those of a session without a known device expire after an hour. An attempt counts
   * from its start.
   */
  failures: number
  /** Milliseconds since 1970 UTC; attempts before it are rejected. */
  closed_until: number
  /** When the row may be deleted; null: never. */
  purge_at: number | null
}
