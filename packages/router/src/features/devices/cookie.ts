import { createHash, randomBytes } from 'node:crypto'
import { stringifySetCookie } from 'cookie'
import { cookieAttributes, cookieName } from '../../http/cookie-name.ts'
import type { CookiePolicy } from '../../http/cookie-name.ts'
import type { Cookies } from '../../http/cookies.ts'

export interface Device {
  /** 32 random bytes that only the browser keeps. */
  secret: string
  /** What the database keeps of it. */
  hash: string
}

/**
 * The cookie by which a browser is known again. Kept at log-out, and shared by all who log in with this
 * browser.
 */
export interface DeviceCookie {
  /** The device that asks; a new one when the cookie is missing, doubled or not of our making. */
  read(cookies: Cookies): Device
  /** Whether the request has a cookie that could be of a known device; costs no read. */
  isPresent(cookies: Cookies): boolean
  /** Gives the browser its cookie for another 400 days. */
  keep(cookies: Cookies, device: Device): void
}

/**
 * How long an unused device stays known: the longest that browsers keep a cookie (RFC 6265bis section 5.5).
 */
export const knownForMs = 400 * 24 * 3_600_000

/** @param policy that of the session cookie: the two are sent and withheld together */
export function createDeviceCookie(policy: CookiePolicy): DeviceCookie {
  const name = cookieName('known-device', policy)
  const shared = { name, ...cookieAttributes(policy), maxAge: knownForMs / 1_000 }
  const find = (cookies: Cookies): string | undefined => {
    const values = cookies.all(name)
    const [value] = values
    return value !== undefined && values.length === 1 && /^[\w-]{43}$/.test(value) ? value : undefined
  }
  return {
    read: (cookies) => {
      const value = find(cookies)
      return value === undefined ? newDevice() : deviceOf(value)
    },
    isPresent: (cookies) => find(cookies) !== undefined,
    keep: (cookies, { secret }) => cookies.set(name, stringifySetCookie({ ...shared, value: secret })),
  }
}

/** For a browser that is not to be known by what it was known by before. */
export function newDevice(): Device {
  return deviceOf(randomBytes(32).toString('base64url'))
}

function deviceOf(secret: string): Device {
  return { secret, hash: createHash('sha256').update(secret).digest('base64url') }
}
