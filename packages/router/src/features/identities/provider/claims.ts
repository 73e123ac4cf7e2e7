import { z } from 'zod'
import { shownEmail, shownText } from './account-texts.ts'
import { ProviderFailure } from './provider-failure.ts'
import type { OutsideAccount } from './provider.ts'

/** The clock of a provider may be ahead by less. */
const toleranceMs = 30_000

/** The library checks the presence of these claims, and not their length. */
const Claims = z.object({
  iss: z.string(),
  /** At most 255 ASCII characters (OpenID Connect Core 1.0 section 2). */
  sub: z.string().regex(/^[!-~]{1,255}$/),
  iat: z.number(),
  preferred_username: z.unknown().optional(),
  name: z.unknown().optional(),
  email: z.unknown().optional(),
  email_verified: z.unknown().optional(),
})

/**
 * Reads the claims of an ID token whose signature, issuer, audience, nonce and expiry were checked.
 * @throws ProviderFailure when a claim is malformed, of another issuer, or from the future
 */
export function accountOf(claims: unknown, expected: { issuer: string; now: number }): OutsideAccount {
  const parsed = Claims.safeParse(claims)
  if (!parsed.success) throw new ProviderFailure('invalid', 'claims')
  const { iss, sub, iat, preferred_username: login, name, email } = parsed.data
  if (iss !== expected.issuer) throw new ProviderFailure('invalid', 'issuer')
  if (iat * 1_000 > expected.now + toleranceMs) throw new ProviderFailure('invalid', 'issued_later')
  return {
    issuer: iss,
    subject: sub,
    login: shownText(login),
    name: shownText(name),
    email: parsed.data.email_verified === true ? shownEmail(email) : null,
  }
}
