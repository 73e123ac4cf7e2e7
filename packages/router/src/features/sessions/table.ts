import type { ColumnType, Selectable } from 'kysely'

/** A signed-in browser or program. A token whose row does not exist is invalid. */
export interface SessionsTable {
  /** UUIDv7, made by the caller: the public id that the user sees in the list. */
  id: string
  user_id: string
  /** SHA-256 of the token's `jti`, so that reading this table does not allow a log-in. */
  token_hash: string
  /** Milliseconds since 1970 UTC, like every time below. */
  created_at: number
  last_seen_at: number
  /** Idle expiry. */
  idle_until: number
  /** Absolute expiry. */
  ends_at: number
  /** 1 with "remember me" (a persistent cookie), else 0. */
  remembered: 0 | 1
  /** When the user last authenticated in this session. */
  authenticated_at: number
  /** The authentication methods (RFC 8176), separated by one space, oldest first. */
  amr: string
  /** The second factor that carries the session at level 2; null at level 1. */
  factor_id: ColumnType<string | null, string | null | undefined, string | null>
  ip: string | null
  user_agent: string | null
}

export type SessionRow = Selectable<SessionsTable>
