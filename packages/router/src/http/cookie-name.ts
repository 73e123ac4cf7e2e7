export interface CookiePolicy {
  /** Whether browsers reach the site by https. */
  secure: boolean
  /** `none` sends the cookies with calls from other sites. */
  sameSite: 'lax' | 'none'
  /**
   * The port that browsers see; null when it is unknown until the server listens. Without https it is part of
   * the cookie name. Browsers send a cookie to every port of a host name (RFC 6265 section 8.5), so two
   * servers on one host would end each other's sessions.
   */
  port: number | null
}

/** Names a cookie. With `__Host-`, browsers reject it from a sub-domain, over http, or for another path. */
export function cookieName(base: string, { secure, port }: Pick<CookiePolicy, 'secure' | 'port'>): string {
  if (secure) return `__Host-${base}`
  return port === null ? base : `${base}-${port}`
}

/**
 * Returns the attributes of every cookie. Browsers accept `SameSite=None` only with `Secure`, also over http
 * on loopback.
 */
export function cookieAttributes({ secure, sameSite }: CookiePolicy) {
  return { httpOnly: true, secure: secure || sameSite === 'none', sameSite, path: '/' } as const
}
