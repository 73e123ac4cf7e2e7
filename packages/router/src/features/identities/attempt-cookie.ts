import { identityAttemptMs } from '@app/contract'
import { z } from 'zod'
import type { CookiePolicy } from '../../http/cookie-name.ts'
import { createSealedCookie } from '../../http/sealed-cookie.ts'
import type { SealedCookie } from '../../http/sealed-cookie.ts'
import { createSealer } from '../../settings/seal.ts'

/** What the user wants at the end. `sessionId`: of the user who began it. */
const AttemptPurpose = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('log-in'), remembered: z.boolean() }),
  z.object({ kind: z.literal('elevate'), sessionId: z.string() }),
  z.object({ kind: z.literal('link'), sessionId: z.string() }),
])
export type AttemptPurpose = z.infer<typeof AttemptPurpose>

const Attempt = z.object({
  provider: z.string(),
  verifier: z.string(),
  state: z.string(),
  nonce: z.string(),
  purpose: AttemptPurpose,
  /** Milliseconds since 1970 UTC. */
  startedAt: z.number(),
  /** A path of our own pages. */
  redirectTo: z.string(),
})

/** A user who was sent to a provider. */
export type Attempt = z.infer<typeof Attempt>

export type AttemptCookie = SealedCookie<Attempt>

/**
 * The only trace of an attempt. It binds the answer of the provider to this browser. `SameSite=Lax` always,
 * because the provider sends the user back from another site, by GET.
 */
export function createAttemptCookie(
  secrets: readonly [string, ...string[]],
  policy: CookiePolicy,
): AttemptCookie {
  return createSealedCookie({
    name: 'oidc-attempt',
    policy: { ...policy, sameSite: 'lax' },
    sealer: createSealer(secrets, 'oidc-attempt'),
    schema: Attempt,
    lifetimeMs: identityAttemptMs,
  })
}
