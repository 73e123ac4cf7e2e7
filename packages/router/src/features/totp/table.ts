/** The secret of an authenticator app. */
export interface TotpSecretsTable {
  factor_id: string
  /** Sealed for the purpose `totp` with the ids of the user and the factor. */
  sealed: string
  /** The time step of the last accepted code: a step is used once. */
  last_step: number
}

/** The secret of an authenticator app that its user has not confirmed by a code yet. */
export interface TotpEnrollmentsTable {
  user_id: string
  /** The session that began the enrollment: no other one can finish it. */
  session_id: string
  /** Sealed for the purpose `totp` with the id of the user. */
  sealed: string
  /** Milliseconds since 1970 UTC. */
  expires_at: number
  wrong_codes: number
}
