import * as z from 'zod/mini'
import { Self } from './account.ts'
import { DisplayName } from './display-name.ts'
import { Email } from './email.ts'
import { textLimits } from './limits.ts'
import { OneTimeSecret } from './one-time-secret.ts'
import { NewPassword, PresentedPassword } from './password.ts'
import { Session } from './sessions.ts'
import { Instant, text } from './text.ts'
import { Username, normalizeLoginName } from './username.ts'

const Remember = z.optional(z.boolean({ error: 'Remember me is yes or no.' }))

export const SignupInput = z.strictObject({
  username: Username,
  password: NewPassword,
  name: z.optional(DisplayName),
  email: z.optional(Email),
  remember: Remember,
  /** Required where only invited users may sign up. */
  invitation: z.optional(OneTimeSecret),
})

/**
 * `username` is a user name or a verified address. Its form is not checked here: an impossible name fails
 * like a wrong password.
 */
export const LoginInput = z.strictObject({
  username: z.pipe(text('User name', { min: 1, max: textLimits.email.max }), z.transform(normalizeLoginName)),
  password: PresentedPassword,
  remember: Remember,
})

/**
 * `stateFingerprint` is opaque: as the first `lastEventId` of `sessions.events` it saves the event that
 * reports this state.
 */
export const CurrentSession = z.nullable(
  z.object({ user: Self, session: Session, stateFingerprint: z.string() }),
)
export type CurrentSession = z.infer<typeof CurrentSession>

export const Elevated = z.object({ sudoUntil: Instant })
