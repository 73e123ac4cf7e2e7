export interface CookiePolicy {
  /** Whether the site is reached by https. */
  secure: boolean
  /** `none` sends the cookies with calls from other sites. */
  sameSite: 'lax' | 'none'
  /**
   * The port that browsers see, or null when it is not known before the server listens. Without https it is
   * part of the name: cookies are sent to every port of a host name (RFC 6265 section 8.5), so two servers on
   * one would end each other's sessions.
   */
  port: number | null
}

/** Names a cookie. `__Host-` makes browsers refuse it from a sub-domain, over http, or for another path. */
export function cookieName(base: string, { secure, port }: Pick<CookiePolicy, 'secure' | 'port'>): string {
  if (secure) return `__Host-${base}`
  return port === null ? base : `${base}-${port}`
}

/**
 * The attributes of every cookie. Browsers accept `SameSite=None` with `Secure` only, also over http on
 * loopback.
 */
export function cookieAttributes({ secure, sameSite }: CookiePolicy) {
  return { httpOnly: true, secure: secure || sameSite === 'none', sameSite, path: '/' } as const
}
