/** A user may have no row here: an account that logs in by other means has no password. */
export interface PasswordCredentialsTable {
  user_id: string
  /** Contains its scheme and cost. Only one function of one store reads it. */
  hash: string
  /**
   * Grows with every change of the password. A transaction that acts on a verified password checks it again.
   */
  version: number
  /** Milliseconds since 1970 UTC. */
  changed_at: number
}
