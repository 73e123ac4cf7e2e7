import { isIP } from 'node:net'
import { getPublicSuffix } from 'tough-cookie'
import { isThisMachine } from '../remote/server-url.ts'
import type { CookieFacts } from './set-cookie.ts'

/** Why a browser does not store or send the cookie with calls of a page to a server. */
export type CookieProblem =
  | 'mixed-content'
  | 'secure-over-http'
  | 'none-without-secure'
  | 'prefix'
  | 'other-site'

export interface CookieVerdict {
  /** Whether page and server are one site: scheme and registrable domain, whatever the port. */
  isSameSite: boolean
  problem: CookieProblem | null
}

/**
 * Says whether a browser stores the cookie when a page calls the server with credentials, and sends it with
 * the next call (RFC 6265bis; Fetch; Mixed Content). Both fail or work together.
 */
export function cookieVerdict(page: URL, server: URL, cookie: CookieFacts): CookieVerdict {
  const isSameSite = siteOf(page) === siteOf(server)
  return { isSameSite, problem: problemOf(page, server, cookie, isSameSite) }
}

function problemOf(page: URL, server: URL, cookie: CookieFacts, isSameSite: boolean): CookieProblem | null {
  const isSecure = server.protocol === 'https:' || isThisMachine(server.hostname)
  if (page.protocol === 'https:' && !isSecure) return 'mixed-content'
  if (cookie.secure && !isSecure) return 'secure-over-http'
  if (cookie.sameSite === 'none' && !cookie.secure) return 'none-without-secure'
  if (breaksPrefix(cookie)) return 'prefix'
  return isSameSite || cookie.sameSite === 'none' ? null : 'other-site'
}

function breaksPrefix({ name, secure, path, domain }: CookieFacts): boolean {
  if (name.toLowerCase().startsWith('__host-')) return !secure || path !== '/' || domain !== null
  return name.toLowerCase().startsWith('__secure-') && !secure
}

/** The site of an origin: its scheme, and the domain under a public suffix, or the host without one. */
export function siteOf({ protocol, hostname }: URL): string {
  return `${protocol}//${registrableDomain(hostname)}`
}

function registrableDomain(hostname: string): string {
  const isAddress = isIP(hostname.replace(/^\[|\]$/g, '')) !== 0
  if (isAddress || !hostname.includes('.')) return hostname
  return getPublicSuffix(hostname, { allowSpecialUseDomain: true, ignoreError: true }) ?? hostname
}
