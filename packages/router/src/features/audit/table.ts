/** Append-only. The ids have no foreign keys, because an event outlives the account it is about. */
export interface AuditEventsTable {
  /** UUIDv7, made by the caller: ordering by id is ordering by time. */
  id: string
  /** Milliseconds since 1970 UTC. */
  at: number
  event: string
  actor_kind: 'user' | 'system' | 'anonymous'
  /** The user who did it; null for the system and for anonymous callers. */
  actor_id: string | null
  /** Whom it was done to: a user's id, or null when it is nobody's account. */
  subject: string | null
  ip: string | null
  user_agent: string | null
  request_id: string | null
  /** A JSON object, or null. */
  detail: string | null
}
