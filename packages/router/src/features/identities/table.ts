import type { Selectable } from 'kysely'

/** An account at an outside provider that logs a user in. */
export interface IdentitiesTable {
  /** UUIDv7, made by the caller. */
  id: string
  user_id: string
  /** The name of the provider in the settings. */
  provider: string
  /** The issuer (OpenID Connect `iss`); with `subject` it identifies the outside account. */
  issuer: string
  subject: string
  /** What the provider calls the account, for the user to recognise it. */
  name: string
  /** Milliseconds since 1970 UTC. */
  created_at: number
  last_used_at: number | null
}

export type IdentityRow = Selectable<IdentitiesTable>
