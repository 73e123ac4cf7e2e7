import type { Step } from './steps.ts'

/** No inline code except that of `InlineHashes`, and no frame in another site. */
const policy = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'font-src': "'self'",
  'connect-src': "'self'",
  'manifest-src': "'self'",
  'form-action': "'self'",
  'base-uri': "'none'",
  'frame-ancestors': "'none'",
} as const

/** The hash sources (`'sha256-…'`) of the scripts and styles that a page contains. */
export type InlineHashes = Record<'script-src' | 'style-src', readonly string[]>

/**
 * Returns the policy of a response: only files of this server, and the inline code with these hashes (ASVS
 * 5.0 3.4.3; CSP Level 3, 6.7.3.3). `object-src` falls back to `default-src`.
 * Error pages have a stricter policy of their own.
 */
export function contentSecurityPolicy(inline: Partial<InlineHashes> = {}): string {
  const allowed: Partial<Record<string, readonly string[]>> = inline
  return Object.entries(policy)
    .map(([directive, source]) => [directive, source, ...(allowed[directive] ?? [])].join(' '))
    .join('; ')
}

/**
 * Returns the policy of a page that the server renders: it has its own style, runs and loads nothing else,
 * and is in no frame.
 * @param style directives
 */
export function renderedPagePolicy(style: string, formAction: "'none'" | "'self'" = "'none'"): string {
  return `default-src 'none'; ${style}; form-action ${formAction}; base-uri 'none'; frame-ancestors 'none'`
}

/**
 * Returns the security headers of every response (ASVS 5.0 3.4.1, 3.4.3 to 3.4.6, 3.4.8, 3.5.8).
 * @param https whether browsers use https; only then HSTS is sent
 */
export function securityHeaders(https: boolean): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(https ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' } : {}),
  }
}

export function setHeaders(headers: Record<string, string>): Step {
  const lines = Object.entries(headers)
  return (_request, response, next) => {
    for (const [name, value] of lines) response.setHeader(name, value)
    next()
  }
}
