/** A user may have no row here: an account that signs in by other means has no password. */
export interface PasswordCredentialsTable {
  user_id: string
  /**
   * Carries its own scheme and cost. Read by one function of one store, and never selected by anything else.
   */
  hash: string
  /**
   * Grows with every change of the password; a transaction that acts on a verified password checks it again.
   */
  version: number
  /** Milliseconds since 1970 UTC. */
  changed_at: number
}
