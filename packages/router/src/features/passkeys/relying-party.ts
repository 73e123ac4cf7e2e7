import { isIP } from 'node:net'
import type { Fail } from '../../failures.ts'

/** The site to which passkeys belong (WebAuthn Level 3, 4). A passkey works for no other. */
export interface RelyingParty {
  /** The host name. */
  id: string
  /** The origin of the pages that may use it. */
  origin: string
}

/** Why browsers refuse passkeys at an address: they need a host name, and https except for `localhost`. */
export interface PasskeyObstacle {
  why: 'ip-address' | 'not-https'
}

/**
 * Derives the site from PUBLIC_URL, never from the `Host` of a request: a proxy or attacker chooses that. The
 * same server is `localhost` and 127.0.0.1, and passkeys work at the first only.
 * @param publicUrl an origin
 */
export function relyingPartyOf(publicUrl: string): RelyingParty | PasskeyObstacle {
  const { hostname, protocol, port, origin } = new URL(publicUrl)
  if (protocol === 'http:' && ['127.0.0.1', '[::1]'].includes(hostname)) {
    return { id: 'localhost', origin: new URL(`http://localhost:${port}`).origin }
  }
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return { why: 'ip-address' }
  if (protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost')) {
    return { id: hostname, origin }
  }
  return { why: 'not-https' }
}

interface SiteDeps {
  publicUrl: () => string
  fail: Fail<'PASSKEYS_UNAVAILABLE'>
}

/** @throws PASSKEYS_UNAVAILABLE where browsers refuse passkeys */
export function requireRelyingParty({ publicUrl, fail }: SiteDeps): RelyingParty {
  const site = relyingPartyOf(publicUrl())
  if ('why' in site) throw fail('PASSKEYS_UNAVAILABLE', site)
  return site
}

/** Returns the origin of the pages that can use passkeys; null where browsers refuse them. */
export function passkeyOriginOf(publicUrl: string): string | null {
  const site = relyingPartyOf(publicUrl)
  return 'why' in site ? null : site.origin
}
