import * as z from 'zod/mini'
import { textLimits } from './limits.ts'
import { OneTimeSecret } from './one-time-secret.ts'
import { NewPassword } from './password.ts'
import { Id, Instant, text } from './text.ts'

/** A user name or a verified address, as typed. Its form is not checked: every text gets the same answer. */
export const RequestRecoveryInput = z.strictObject({
  identifier: z.pipe(
    text('User name or email', { min: 1, max: textLimits.email.max }),
    z.transform((typed: string) => typed.trim()),
  ),
})

export const RecoverySecretInput = z.strictObject({ secret: OneTimeSecret })

/** Whom a recovery link belongs to, and until when it works. */
export const RecoveryLinkState = z.object({ username: z.string(), expiresAt: Instant })

export const ResetPasswordInput = z.strictObject({ secret: OneTimeSecret, newPassword: NewPassword })
export const PasswordReset = z.object({ username: z.string(), endedSessions: z.int() })

export const IssueRecoveryLinkInput = z.strictObject({ id: Id })

/** `link` is shown once: the server keeps only a hash of its secret. */
export const IssuedLink = z.object({ link: z.string(), expiresAt: Instant })
