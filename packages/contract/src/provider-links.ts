/** Where a provider sends users back, with a code, and what users follow to get there. */
export interface ProviderLink {
  /** The name of the provider, as `auth.options` lists it. */
  provider: string
  /** `elevate` confirms the user of the session. */
  purpose: 'log-in' | 'elevate'
  /** The path of the page to open at the end. */
  redirectTo?: string
  remember?: boolean
}

/** Returns the path that sends the browser to a provider: of a link, because a form would be blocked. */
export function providerLink({ provider, purpose, redirectTo, remember }: ProviderLink): string {
  const query = [
    ...(purpose === 'log-in' ? [] : [`purpose=${purpose}`]),
    ...(redirectTo === undefined ? [] : [`redirectTo=${encodeURIComponent(redirectTo)}`]),
    ...(remember === true ? ['remember=1'] : []),
  ]
  return `/auth/${provider}/start${query.length === 0 ? '' : `?${query.join('&')}`}`
}

/** The page on which a new user of a provider chooses a user name. */
export const identitySignupPath = '/welcome'

/**
 * Why an outside identity did not do what was asked: `provider-error` in the query of the page. Append-only.
 * No text of a provider is ever shown.
 */
export const providerErrors = {
  unavailable: 'The provider does not answer. Try again later, or use another way.',
  refused: 'The provider refused this. Try again, or ask an admin.',
  cancelled: 'You cancelled at the provider. Nothing has changed.',
  invalid: 'The answer of the provider could not be trusted. Try again, or ask an admin.',
  expired: 'This took too long, or was started in another browser. Try again.',
  busy: 'Too many attempts. Try again in an hour at the latest.',
  'account-disabled': 'This account is disabled. Ask an admin.',
  'signup-closed': 'No account here is linked to this identity, and sign-up is closed.',
  'username-taken': 'Your name at the provider is taken here. Ask an admin.',
  'username-invalid': 'Your name at the provider cannot be a user name here. Ask an admin.',
  'session-ended': 'Your session has ended. Log in and try again.',
  'confirm-first': 'Confirm that it is you, and try again.',
  'identity-taken': 'This identity belongs to another account.',
  'identity-limit': 'This account has as many identities as it can have. Remove one first.',
  'cookie-missing':
    'This log-in is over, was started in another browser, or your browser did not send its cookie. Try again. If it happens again, allow cookies for this site.',
  'not-linked': 'This identity is not linked to your account. Use one that is.',
} as const

export type ProviderError = keyof typeof providerErrors

/** Returns the sentence of a `provider-error`; null when there is none or it is unknown. */
export function providerErrorText(code: string | null): string | null {
  const texts: { [code: string]: string | undefined } = providerErrors
  return code !== null && Object.hasOwn(providerErrors, code) ? (texts[code] ?? null) : null
}
