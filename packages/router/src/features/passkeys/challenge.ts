import { createHash, randomBytes } from 'node:crypto'
import { stringifySetCookie } from 'cookie'
import { z } from 'zod'
import { cookieAttributes, cookieName } from '../../http/cookie-name.ts'
import type { CookiePolicy } from '../../http/cookie-name.ts'
import type { Cookies } from '../../http/cookies.ts'
import { createSealer } from '../../settings/seal.ts'

/** What a challenge may be answered for, and by which user or session. */
export type ChallengeUse = `register:${string}` | 'login' | `second-factor:${string}` | `elevate:${string}`

/** A challenge that this server issued to this browser for this use, not long ago. */
export interface OpenChallenge {
  /** As the browser wrote it, base64url. */
  text: string
  /** What `used_challenges` stores of it. */
  hash: string
  /** Milliseconds since 1970 UTC. */
  expiresAt: number
}

/**
 * Issues challenges and recognises them without a database row, so that anonymous page views cost none. The
 * challenge itself is sealed, and contains its use, its expiry and the browser.
 */
export interface PasskeyChallenges {
  /** @returns the challenge in base64url */
  issue(cookies: Cookies, asked: { use: ChallengeUse; now: number }): string
  /** @returns null for a foreign, expired or malformed challenge, and for one of another use or browser */
  open(
    cookies: Cookies,
    answered: { clientDataJSON: string; use: ChallengeUse; now: number },
  ): OpenChallenge | null
}

/** How long a user has to answer (ASVS 5.0 6.6.2), in milliseconds. */
export const challengeLifetimeMs = 5 * 60_000

/** The clocks of two servers differ by less. */
export const clockToleranceMs = 60_000

/** A passkey in a frame of another site is refused, too (WebAuthn Level 3, 13.4.2). */
const ClientData = z.object({
  challenge: z.string(),
  crossOrigin: z.literal(false).optional(),
  topOrigin: z.undefined().optional(),
})

const Sealed = z.tuple([z.string(), z.int()])

/**
 * The cookie binds challenges to the browser that asked. It has a secret instead of the challenge, so that
 * several tabs have a challenge each.
 */
export function createPasskeyChallenges(
  secrets: readonly [string, ...string[]],
  policy: CookiePolicy,
): PasskeyChallenges {
  const sealer = createSealer(secrets, 'passkey-challenge')
  const name = cookieName('passkey-challenge', policy)
  const attributes = { ...cookieAttributes(policy), sameSite: 'strict' } as const
  const browserOf = (cookies: Cookies): string | undefined => {
    const [value, ...others] = cookies.all(name)
    return value !== undefined && others.length === 0 && /^[\w-]{43}$/.test(value) ? value : undefined
  }
  return {
    issue: (cookies, { use, now }) => {
      const browser = browserOf(cookies) ?? randomBytes(32).toString('base64url')
      const maxAge = challengeLifetimeMs / 1_000
      cookies.set(name, stringifySetCookie({ name, value: browser, ...attributes, maxAge }))
      const content = [randomBytes(16).toString('base64url'), now + challengeLifetimeMs]
      const sealed = sealer.seal(JSON.stringify(content), [use, digest(browser)])
      return Buffer.from(sealed).toString('base64url')
    },
    open: (cookies, { clientDataJSON, use, now }) => {
      const browser = browserOf(cookies)
      const text = challengeIn(clientDataJSON)
      if (browser === undefined || text === null) return null
      const content = sealer.open(Buffer.from(text, 'base64url').toString(), [use, digest(browser)])
      if (content === null) return null
      const [id, expiresAt] = Sealed.parse(JSON.parse(content))
      // One that would be valid for longer was issued while the clock was ahead.
      if (expiresAt <= now || expiresAt > now + challengeLifetimeMs + clockToleranceMs) return null
      return { text, hash: digest(id), expiresAt }
    },
  }
}

function challengeIn(clientDataJSON: string): string | null {
  try {
    return ClientData.parse(JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString())).challenge
  } catch {
    return null
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
