import * as z from 'zod/mini'
import { OneTimeCode } from './one-time-code.ts'
import { OneTimeSecret } from './one-time-secret.ts'
import { Id, Instant } from './text.ts'

/** Also ends the other sessions of the user, and forgets their other devices. Default: true. */
export const EndOtherSessions = z.optional(z.boolean({ error: 'End other sessions is yes or no.' }))

/**
 * The secret of a new authenticator app, as text and as the address of its QR code. It counts when a code
 * confirms it.
 */
export const TotpEnrollment = z.object({ secret: z.string(), uri: z.string(), expiresAt: Instant })
export type TotpEnrollment = z.infer<typeof TotpEnrollment>

export const ConfirmTotpInput = z.strictObject({ code: OneTimeCode, endOtherSessions: EndOtherSessions })

/**
 * `recoveryCodes` is set when this is the first second factor of the account. They are shown once: the server
 * keeps only their hashes.
 */
export const FactorAdded = z.object({
  recoveryCodes: z.nullable(z.array(z.string())),
  endedSessions: z.int(),
})

export const RemoveTotpInput = z.prefault(z.strictObject({ endOtherSessions: EndOtherSessions }), {})
export const FactorRemoved = z.object({ endedSessions: z.int() })

/** Null for an account without recovery codes. */
export const RecoveryCodesStatus = z.nullable(z.object({ left: z.int(), total: z.int(), createdAt: Instant }))

/** Shown once. */
export const NewRecoveryCodes = z.object({ codes: z.array(z.string()) })

export const ResetFactorsInput = z.strictObject({ id: Id })
/**
 * From `effectiveAt` until `expiresAt`, a log-in of the user with the link removes all second factors. `link`
 * is shown once: the server keeps only a hash of its secret.
 */
export const FactorResetRequested = z.object({ effectiveAt: Instant, link: z.string(), expiresAt: Instant })

export const FactorResetSecretInput = z.strictObject({ secret: OneTimeSecret })

/** Whom the link of a factor reset belongs to, and when it works. */
export const FactorResetState = z.object({
  username: z.string(),
  effectiveAt: Instant,
  expiresAt: Instant,
})
