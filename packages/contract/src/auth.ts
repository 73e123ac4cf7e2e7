import * as z from 'zod/mini'
import { Self } from './account.ts'
import { DisplayName } from './display-name.ts'
import { textLimits } from './limits.ts'
import { NewPassword, PresentedPassword } from './password.ts'
import { Session } from './sessions.ts'
import { Instant, text } from './text.ts'
import { Username, normalizeUsername } from './username.ts'

const Remember = z.optional(z.boolean({ error: 'Remember me is yes or no.' }))

const notAnAddress = 'Enter an email address, such as name@example.com.'
const Email = z.pipe(
  z
    .string(notAnAddress)
    .check(
      z.trim(),
      z.maxLength(textLimits.email.max, `Email is too long: at most ${textLimits.email.max} characters.`),
    ),
  z.email(notAnAddress),
)

export const SignupInput = z.strictObject({
  username: Username,
  password: NewPassword,
  name: z.optional(DisplayName),
  email: z.optional(Email),
  remember: Remember,
})

/** The form of the user name is not checked here: an impossible name fails like a wrong password. */
export const LoginInput = z.strictObject({
  username: z.pipe(text('User name', { min: 1, max: textLimits.email.max }), z.transform(normalizeUsername)),
  password: PresentedPassword,
  remember: Remember,
})

/** A union with one member: second factors will add others, and clients already switch on `status`. */
export const SignedIn = z.discriminatedUnion('status', [
  z.object({ status: z.literal('signed-in'), user: Self }),
])
export type SignedIn = z.infer<typeof SignedIn>

/**
 * `stateFingerprint` is opaque: as the first `lastEventId` of `sessions.events` it saves the event that
 * reports this state.
 */
export const CurrentSession = z.nullable(
  z.object({ user: Self, session: Session, stateFingerprint: z.string() }),
)
export type CurrentSession = z.infer<typeof CurrentSession>

export const Elevated = z.object({ sudoUntil: Instant })
