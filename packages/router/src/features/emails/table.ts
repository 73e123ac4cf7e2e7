/**
 * Addresses that users entered. Only a verified address is unique: an unverified one proves nothing, so it
 * must neither block its owner from using it nor reveal that it is known here.
 */
export interface EmailsTable {
  /** UUIDv7, made by the caller. */
  id: string
  user_id: string
  /** As entered, for display and delivery. */
  address: string
  /** Normalised, for comparison. Unique where `verified_at` is not null. */
  address_key: string
  /** Milliseconds since 1970 UTC; null until its owner verified it. */
  verified_at: number | null
}
