/** The unused recovery codes, as hashes. */
export interface RecoveryCodesTable {
  /** SHA-256 of the purpose and the normalised code, base64url. */
  hash: string
  factor_id: string
}
