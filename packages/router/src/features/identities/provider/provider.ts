/** An account at a provider, as the provider proved it. `issuer` and `subject` identify it for ever. */
export interface OutsideAccount {
  issuer: string
  subject: string
  /** What the provider calls the account: shown to its user, and never used to find an account. */
  login: string | null
  name: string | null
  /** Only if the provider says that it is verified. Here it counts as not verified. */
  email: string | null
}

/** What one attempt must find in the answer. */
export interface AttemptSecrets {
  /** The PKCE code verifier (RFC 7636). */
  verifier: string
  state: string
  nonce: string
}

export interface AuthorizationRequest extends AttemptSecrets {
  redirectUri: string
  /** Whether the user must prove the identity again: a session at the provider is not enough. */
  isFresh: boolean
}

export interface AuthorizationAnswer extends AttemptSecrets {
  /** The redirect URI with the parameters that the provider added. */
  url: URL
  /** How long ago the user may have logged in at the provider. Null: a session there is enough. */
  maxAgeSeconds: number | null
  now: number
}

/** A way to ask for and to check an outside identity. Both functions throw errors for `providerFailureOf`. */
export interface ProviderProtocol {
  authorizationUrl(request: AuthorizationRequest): Promise<URL>
  readAccount(answer: AuthorizationAnswer): Promise<OutsideAccount>
}

/** For each request. */
export const requestSeconds = 5
