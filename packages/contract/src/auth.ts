import * as z from 'zod/mini'
import { Self } from './account.ts'
import { textLimits } from './limits.ts'
import { NewPassword, PresentedPassword } from './password.ts'
import { PersonName } from './person-name.ts'
import { Session } from './sessions.ts'
import { Instant, text } from './text.ts'
import { Username, normalizeUsername } from './username.ts'

const Remember = z.optional(z.boolean({ error: 'Remember me is yes or no.' }))

const notAnAddress = 'This does not look like an e-mail address.'
const Email = z.pipe(
  z
    .string(notAnAddress)
    .check(
      z.trim(),
      z.maxLength(textLimits.email.max, `E-mail is too long: at most ${textLimits.email.max} characters.`),
    ),
  z.email(notAnAddress),
)

export const SignupInput = z.strictObject({
  username: Username,
  password: NewPassword,
  name: z.optional(PersonName),
  email: z.optional(Email),
  remember: Remember,
})

/** The user name is not checked for shape here: a name that cannot exist answers like a wrong password. */
export const LoginInput = z.strictObject({
  username: z.pipe(text('User name', { min: 1, max: textLimits.email.max }), z.transform(normalizeUsername)),
  password: PresentedPassword,
  remember: Remember,
})

/** A union from the first day: second factors add members, and clients already switch on `status`. */
export const SignedIn = z.discriminatedUnion('status', [
  z.object({ status: z.literal('signed-in'), user: Self }),
])
export type SignedIn = z.infer<typeof SignedIn>

export const CurrentSession = z.nullable(z.object({ user: Self, session: Session }))
export type CurrentSession = z.infer<typeof CurrentSession>

export const Elevated = z.object({ sudoUntil: Instant })
