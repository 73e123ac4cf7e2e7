import { stringifySetCookie } from 'cookie'
import type { z } from 'zod'
import type { Sealer } from '../settings/seal.ts'
import { cookieAttributes, cookieName } from './cookie-name.ts'
import type { CookiePolicy } from './cookie-name.ts'
import type { Cookies } from './cookies.ts'

/** A value that the browser keeps for the server for some minutes and can neither read nor change. */
export interface SealedCookie<T> {
  /** @returns null when the cookie is missing, doubled, altered or expired */
  read(cookies: Cookies, now: number): T | null
  write(cookies: Cookies, value: T, now: number): void
  /** Removes the cookie if the request has one. */
  clear(cookies: Cookies): void
}

interface SealedCookieOptions<T> {
  name: string
  policy: CookiePolicy
  sealer: Sealer
  schema: z.ZodType<T>
  /** How long the value is valid, in milliseconds. */
  lifetimeMs: number
}

/** The clocks of two servers differ by less. */
const toleranceMs = 60_000

/** Longer values are rejected before any decryption; browsers store up to 4,096 bytes. */
const maxLength = 4_096

/** The cookie ends with the browser session, and its value at its own expiry. */
export function createSealedCookie<T>({
  name: base,
  policy,
  sealer,
  schema,
  lifetimeMs,
}: SealedCookieOptions<T>): SealedCookie<T> {
  const name = cookieName(base, policy)
  const shared = { name, ...cookieAttributes(policy) }
  const context = [base]
  return {
    read: (cookies, now) => {
      const [sealed, ...others] = cookies.all(name)
      if (sealed === undefined || others.length > 0 || sealed.length > maxLength) return null
      const text = sealer.open(sealed, context)
      if (text === null) return null
      // Sealed by this program, so it has this form.
      const { expiresAt, value } = JSON.parse(text) as { expiresAt: number; value: unknown }
      // An expiry that is too far away was set while the clock was ahead.
      if (expiresAt <= now || expiresAt > now + lifetimeMs + toleranceMs) return null
      // A newer release may have changed the form.
      const parsed = schema.safeParse(value)
      return parsed.success ? parsed.data : null
    },
    write: (cookies, value, now) => {
      const sealed = sealer.seal(JSON.stringify({ expiresAt: now + lifetimeMs, value }), context)
      cookies.set(name, stringifySetCookie({ ...shared, value: sealed }))
    },
    clear: (cookies) => {
      if (cookies.all(name).length > 0)
        cookies.set(name, stringifySetCookie({ ...shared, value: '', maxAge: 0 }))
    },
  }
}
