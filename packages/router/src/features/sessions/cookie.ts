import { stringifySetCookie } from 'cookie'
import { cookieAttributes, cookieName } from '../../http/cookie-name.ts'
import type { CookiePolicy } from '../../http/cookie-name.ts'
import type { Cookies } from '../../http/cookies.ts'

/** The only carrier of a session token: a cookie that no script can read (ASVS 5.0 3.3.1 to 3.3.4). */
export interface SessionCookie {
  readonly name: string
  /** @returns the token; undefined if there is none, or more than one (cookie tossing) */
  read(cookies: Cookies): string | undefined
  /** Checks whether a request has the cookie, even more than once. */
  isSent(cookies: Cookies): boolean
  /** @param maxAgeSeconds undefined: the cookie ends with the browser session */
  write(cookies: Cookies, token: string, maxAgeSeconds: number | undefined): void
  clear(cookies: Cookies): void
}

export function createSessionCookie(policy: CookiePolicy): SessionCookie {
  const name = cookieName('session', policy)
  const line = (value: string, maxAge: number | undefined) =>
    stringifySetCookie({
      name,
      value,
      ...cookieAttributes(policy),
      ...(maxAge === undefined ? {} : { maxAge }),
    })
  return {
    name,
    read: (cookies) => {
      const values = cookies.all(name)
      return values.length === 1 ? values[0] : undefined
    },
    isSent: (cookies) => cookies.all(name).length > 0,
    write: (cookies, token, maxAgeSeconds) => cookies.set(name, line(token, maxAgeSeconds)),
    clear: (cookies) => cookies.set(name, line('', 0)),
  }
}
