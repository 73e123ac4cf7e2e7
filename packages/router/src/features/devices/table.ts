/**
 * A browser that logged in to the account before. It proves nothing, but has its own limit of failed
 * passwords.
 */
export interface KnownDevicesTable {
  user_id: string
  /** SHA-256 of the cookie's 32 random bytes. */
  device_hash: string
  /** When it became known, in milliseconds since 1970 UTC. */
  created_at: number
  /** The last log-in or renewal of a session with its cookie. */
  last_used_at: number
}
