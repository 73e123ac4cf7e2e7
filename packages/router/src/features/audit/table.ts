/** A removed account of which events below this id may still have address and browser. */
export interface UnblankedAccountsTable {
  user_id: string
  before_id: string
}

/** Append-only. The ids have no foreign keys, because an event outlives its account. */
export interface AuditEventsTable {
  /** UUIDv7, made by the caller: ordering by id is ordering by time. */
  id: string
  /** Milliseconds since 1970 UTC. */
  at: number
  event: string
  actor_kind: 'user' | 'system' | 'anonymous'
  /** The user who acted; null for the system and for anonymous callers. */
  actor_id: string | null
  /** The id of the user it happened to; null if no account is concerned. */
  subject: string | null
  ip: string | null
  user_agent: string | null
  request_id: string | null
  /** A JSON object, or null. */
  detail: string | null
  /** The access token that acted, or that was created or revoked. */
  token_id: string | null
}
