import type { Role } from '@app/contract'

/** An invitation to sign up. Its secret is in `one_time_secrets`, with the id of this row as subject. */
export interface InvitationsTable {
  /** UUIDv7, made by the caller. */
  id: string
  /** The invited address, normalised; null: everybody with the link may accept. */
  address: string | null
  address_key: string | null
  /** 1 if only the owner of the address got the link, by mail. */
  address_proved: number
  role: Role
  /** Milliseconds since 1970 UTC. */
  created_at: number
  /** The admin; null for the operator. No foreign key: the row outlives the account. */
  created_by: string | null
  expires_at: number
  accepted_at: number | null
  /** The user who signed up with it. */
  accepted_by: string | null
  revoked_at: number | null
}
