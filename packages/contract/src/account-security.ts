import * as z from 'zod/mini'
import { SessionLevel } from './auth-methods.ts'
import { Instant } from './text.ts'

/**
 * How the account is protected, besides what has a list of its own. `totp`: the authenticator app.
 * `factorReset`: from then on a log-in with the link that was handed out removes all second factors.
 */
export const AccountSecurity = z.object({
  level: SessionLevel,
  hasPassword: z.boolean(),
  totp: z.nullable(z.object({ createdAt: Instant, lastUsedAt: z.nullable(Instant) })),
  factorReset: z.nullable(z.object({ effectiveAt: Instant })),
})
export type AccountSecurity = z.infer<typeof AccountSecurity>
