import { identityAttemptMs } from '@app/contract'
import { z } from 'zod'
import type { CookiePolicy } from '../../http/cookie-name.ts'
import { createSealedCookie } from '../../http/sealed-cookie.ts'
import type { SealedCookie } from '../../http/sealed-cookie.ts'
import { createSealer } from '../../settings/seal.ts'

const PendingSignup = z.object({
  provider: z.string(),
  issuer: z.string(),
  subject: z.string(),
  login: z.nullable(z.string()),
  name: z.nullable(z.string()),
  email: z.nullable(z.string()),
  remembered: z.boolean(),
})

/** A proved identity that no account has yet. */
export type PendingSignup = z.infer<typeof PendingSignup>

export type IdentitySignupCookie = SealedCookie<PendingSignup>

/** The only trace of a sign-up until the user name is chosen: the database has no row of it. */
export function createIdentitySignupCookie(
  secrets: readonly [string, ...string[]],
  policy: CookiePolicy,
): IdentitySignupCookie {
  return createSealedCookie({
    name: 'identity-signup',
    policy,
    sealer: createSealer(secrets, 'identity-signup'),
    schema: PendingSignup,
    lifetimeMs: identityAttemptMs,
  })
}
