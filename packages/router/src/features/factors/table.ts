import type { Selectable } from 'kysely'

/**
 * One row is one second factor of a user: the authenticator app (`totp`), a passkey, or the set of recovery
 * codes. A user has at most one `totp` and one `recovery`. The table of the kind has the rest.
 */
export interface FactorsTable {
  /** UUIDv7, made by the caller. */
  id: string
  user_id: string
  kind: FactorKind
  /** What the user calls it; empty where a user has only one of the kind. */
  name: string
  /** Milliseconds since 1970 UTC, like every time below. */
  created_at: number
  last_used_at: number | null
}

export type FactorKind = 'totp' | 'passkey' | 'recovery'

export type FactorRow = Selectable<FactorsTable>

/**
 * A requested removal of all second factors of a user who lost them. The hash of its link is in
 * `one_time_secrets`.
 */
export interface FactorResetsTable {
  user_id: string
  requested_at: number
  /** From this time on, a log-in with the link removes the factors. */
  effective_at: number
}
