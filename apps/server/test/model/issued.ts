import type { Address, Username } from './command.ts'

// What is issued to a user and ends later.

/** A link with which its holder chooses a new password. */
export interface RecoveryLink {
  username: Username
  /** The admin who issued it; null for a mailed one. */
  issuedBy: Username | null
  expiresAt: number
  /** Used, replaced or revoked. */
  ended: boolean
}

/** A mailed link that confirms an address. */
export interface AddressLink {
  username: Username
  address: Address
  expiresAt: number
  /** Used or replaced, or the address does not wait any more. */
  ended: boolean
}

/** An access token. */
export interface Token {
  username: Username
  canWrite: boolean
  expiresAt: number
  /** Revoked, or no longer stored. */
  ended: boolean
}

export interface Invitation {
  expiresAt: number
  /** Accepted or revoked, or no longer stored. */
  ended: boolean
}
