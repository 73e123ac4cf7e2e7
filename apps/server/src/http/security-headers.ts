import type { RequestHandler } from 'express'

/**
 * Returns the security headers of every response. Pages load only files of this server: no inline script or
 * style, and no other site can frame them (ASVS 5.0 3.4.1, 3.4.3 to 3.4.6, 3.4.8, 3.5.8; `object-src` falls
 * back to `default-src`).
 * @param https whether browsers use https; only then HSTS is sent
 */
export function securityHeaders(https: boolean): Record<string, string> {
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
  }
  return {
    'Content-Security-Policy': Object.entries(policy)
      .map(([directive, sources]) => `${directive} ${sources}`)
      .join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...(https ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' } : {}),
  }
}

export function setHeaders(headers: Record<string, string>): RequestHandler {
  return (_request, response, next) => {
    response.set(headers)
    next()
  }
}
