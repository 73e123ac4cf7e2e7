import { authMethods, pendingLoginMs } from '@app/contract'
import { z } from 'zod'
import type { CookiePolicy } from '../../http/cookie-name.ts'
import { createSealedCookie } from '../../http/sealed-cookie.ts'
import type { SealedCookie } from '../../http/sealed-cookie.ts'
import { createSealer } from '../../settings/seal.ts'

const PendingLogin = z.object({
  userId: z.string(),
  methods: z.array(z.enum(authMethods)),
  remembered: z.boolean(),
  /** What the first step proved, which must still be true when the second one is done. */
  proof: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('password'), version: z.int() }),
    z.object({ kind: z.literal('identity'), id: z.string() }),
  ]),
})

/** A log-in whose first step was right, and that needs a second factor. */
export type PendingLogin = z.infer<typeof PendingLogin>

export type PendingLoginCookie = SealedCookie<PendingLogin>

/**
 * The only trace of a pending log-in. It is worth nothing but a try at the second factor for 10 minutes, and
 * the database has no row of it.
 */
export function createPendingLoginCookie(
  secrets: readonly [string, ...string[]],
  policy: CookiePolicy,
): PendingLoginCookie {
  return createSealedCookie({
    name: 'pending-login',
    policy,
    sealer: createSealer(secrets, 'pending-login'),
    schema: PendingLogin,
    lifetimeMs: pendingLoginMs,
  })
}
