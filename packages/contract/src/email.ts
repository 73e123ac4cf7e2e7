import * as z from 'zod/mini'
import { textLimits } from './limits.ts'
import { normalizeEmail } from './normalize-email.ts'
import { OneTimeSecret } from './one-time-secret.ts'

const notAnAddress = 'Enter an email address, such as name@example.com.'
const tooLong = `Email is too long: at most ${textLimits.email.max} characters.`

/**
 * An email address; parses to its normalised form, the only one that is stored, compared and written to. So
 * mail never goes to another address than the one that was checked.
 */
export const Email = z.pipe(
  z.string(notAnAddress).check(z.trim(), z.maxLength(textLimits.email.max, tooLong)),
  z.pipe(
    z.transform((typed: string) => normalizeEmail(typed) ?? ''),
    // Again, because a domain becomes longer in ASCII.
    z.email(notAnAddress).check(z.maxLength(textLimits.email.max, tooLong)),
  ),
)

export const ChangeEmailInput = z.strictObject({ email: Email })

export const VerifyEmailInput = z.strictObject({ secret: OneTimeSecret })
export const VerifiedEmail = z.object({ email: z.string() })
