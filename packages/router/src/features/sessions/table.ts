import type { Selectable } from 'kysely'

/** One row is one signed-in browser or program; without its row a cookie token is worth nothing. */
export interface SessionsTable {
  /** UUIDv7, made by the caller: the public id that the owner sees in the list. */
  id: string
  user_id: string
  /** SHA-256 of the token's `jti`: reading this table does not let anybody sign in. */
  token_hash: string
  /** Milliseconds since 1970 UTC, like every time below. */
  created_at: number
  last_seen_at: number
  /** Over when unused until then. */
  idle_until: number
  /** Over in any case then. */
  ends_at: number
  /** 1 with "remember me" (a persistent cookie), else 0. */
  remembered: 0 | 1
  /** When the user last proved who they are in this session. */
  authenticated_at: number
  /** How they proved it: method names (RFC 8176) separated by one space, oldest first. */
  amr: string
  ip: string | null
  user_agent: string | null
}

export type SessionRow = Selectable<SessionsTable>
