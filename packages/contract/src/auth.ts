import { z } from 'zod'

import { Self } from './account.ts'
import { textLimits } from './limits.ts'
import { NewPassword, PresentedPassword } from './password.ts'
import { Session } from './sessions.ts'
import { Instant, PersonName, text } from './text.ts'
import { Username, normalizeUsername } from './username.ts'

const Remember = z.boolean({ error: 'Remember me is yes or no.' }).optional()

const Email = z
  .string()
  .trim()
  .max(textLimits.email.max, `E-mail is too long: at most ${textLimits.email.max} characters.`)
  .pipe(z.email('This does not look like an e-mail address.'))

export const SignupInput = z.strictObject({
  username: Username,
  password: NewPassword,
  name: PersonName.optional(),
  email: Email.optional(),
  remember: Remember,
})

/** The user name is not checked for shape here: a name that cannot exist answers like a wrong password. */
export const LoginInput = z.strictObject({
  username: text('User name', { min: 1, max: textLimits.email.max }).transform(normalizeUsername),
  password: PresentedPassword,
  remember: Remember,
})

/** A union from the first day: second factors add members, and clients already switch on `status`. */
export const SignedIn = z.discriminatedUnion('status', [
  z.object({ status: z.literal('signed-in'), user: Self }),
])
export type SignedIn = z.infer<typeof SignedIn>

export const CurrentSession = z.object({ user: Self, session: Session }).nullable()
export type CurrentSession = z.infer<typeof CurrentSession>

export const Elevated = z.object({ sudoUntil: Instant })
