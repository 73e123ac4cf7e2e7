/** A browser that has logged in to the account before. It proves nothing; it only has a bucket of failures of its own. */
export interface KnownDevicesTable {
  user_id: string
  /** SHA-256 of the cookie's 32 random bytes. */
  device_hash: string
  /** Milliseconds since 1970 UTC. */
  last_used_at: number
}
