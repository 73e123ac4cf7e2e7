import type { SessionLevel } from '@app/contract'
import type { Selectable } from 'kysely'

/**
 * An access token: a program acts as the user, within scopes. A token whose row does not exist is invalid.
 */
export interface AccessTokensTable {
  /** UUIDv7, made by the caller: the public id in lists, logs and events. */
  id: string
  user_id: string
  /** SHA-256 of the token, base64url, so that reading this table does not allow a call. */
  hash: string
  /** The prefix and the last characters, by which its user recognizes the token. */
  hint: string
  name: string
  /** Separated by one space. */
  scopes: string
  /** The level of the session that created it. */
  level: SessionLevel
  /** Milliseconds since 1970 UTC, like every time below. */
  created_at: number
  expires_at: number
  last_used_at: number | null
}

export type AccessTokenRow = Selectable<AccessTokensTable>
