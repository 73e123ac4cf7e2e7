/**
 * A browser that has logged in to the account before. It proves nothing; it only has an allowance of failures
 * of its own.
 */
export interface KnownDevicesTable {
  user_id: string
  /** SHA-256 of the cookie's 32 random bytes. */
  device_hash: string
  /** When it became known, in milliseconds since 1970 UTC. */
  created_at: number
  /** The last log-in, or renewal of a session, that came with its cookie. */
  last_used_at: number
}
