import { createHash, randomBytes } from 'node:crypto'
import { stringifySetCookie } from 'cookie'
import { cookieAttributes, cookieName } from '../../http/cookie-name.ts'
import type { CookiePolicy } from '../../http/cookie-name.ts'
import type { Cookies } from '../../http/cookies.ts'

export interface Device {
  /** 32 random bytes that only the browser keeps. */
  secret: string
  /** What the database stores of the secret. */
  hash: string
}

/** The cookie that identifies a known device. It stays at log-out, and all users of the browser share it. */
export interface DeviceCookie {
  /** Returns the device of the request; a new one if the cookie is missing, doubled or malformed. */
  read(cookies: Cookies): Device
  /** Returns whether the request has a cookie that a known device could have. Reads no database. */
  isPresent(cookies: Cookies): boolean
  /** Sets the cookie for another 400 days. */
  keep(cookies: Cookies, device: Device): void
}

/**
 * How long an unused device stays known: the longest lifetime of a cookie in browsers (RFC 6265bis section
 * 5.5).
 */
export const knownForMs = 400 * 24 * 3_600_000

/** @param policy that of the session cookie, so that browsers send both or neither */
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

/** Makes a device with a new secret. */
export function newDevice(): Device {
  return deviceOf(randomBytes(32).toString('base64url'))
}

function deviceOf(secret: string): Device {
  return { secret, hash: createHash('sha256').update(secret).digest('base64url') }
}
