/** The secrets of links that were handed out, as hashes. A subject has at most one of each purpose. */
export interface OneTimeSecretsTable {
  /** SHA-256 of the purpose and the secret's text, base64url. */
  hash: string
  /** The id of the row that the link acts on: of a user, an address or an invitation. */
  subject: string
  purpose: string
  /** Milliseconds since 1970 UTC. */
  expires_at: number
  /** The admin who issued it; null for mailed links and for those of the operator. */
  issued_by: string | null
}
