/** The public part of a passkey (WebAuthn credential). */
export interface PasskeysTable {
  factor_id: string
  /** Base64url. */
  credential_id: string
  /** The COSE key, base64url. */
  public_key: string
  /** The signature counter; 0 for authenticators that do not count. */
  counter: number
  /** A JSON array of transports, for the browser. */
  transports: string
  aaguid: string
  device_type: 'singleDevice' | 'multiDevice'
  backed_up: 0 | 1
}

/** A challenge that a valid response used, so that it is used once. */
export interface UsedChallengesTable {
  /** SHA-256, base64url. */
  hash: string
  /** Milliseconds since 1970 UTC; the challenge itself has expired then. */
  expires_at: number
}
