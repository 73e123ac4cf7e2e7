import * as z from 'zod/mini'
import { DisplayName } from './display-name.ts'
import { Email } from './email.ts'
import { OneTimeSecret } from './one-time-secret.ts'
import { EndOtherSessions } from './second-factors.ts'
import { Id, Instant } from './text.ts'
import { Username } from './username.ts'

/** A provider of outside identities. `name` is part of its paths, `label` is for users. */
export const IdentityProvider = z.object({ name: z.string(), label: z.string() })
export type IdentityProvider = z.infer<typeof IdentityProvider>

/**
 * An account at a provider that logs the user in. `name`: what the provider calls it. `canLogIn` is false
 * while the provider is not offered any more.
 */
export const Identity = z.object({
  id: Id,
  provider: z.string(),
  label: z.string(),
  name: z.string(),
  canLogIn: z.boolean(),
  createdAt: Instant,
  lastUsedAt: z.nullable(Instant),
})
export type Identity = z.infer<typeof Identity>

/** `redirectTo`: the path of the page to open at the end. */
export const LinkIdentityInput = z.strictObject({
  provider: z
    .string({ error: 'Choose a provider.' })
    .check(z.regex(/^[a-z0-9]{1,20}$/, 'There is no such provider.')),
  redirectTo: z.optional(
    z.string({ error: 'The path is not valid.' }).check(z.maxLength(500, 'The path is too long.')),
  ),
})

/** The address at the provider that the browser opens next. */
export const LinkStarted = z.object({ url: z.string() })

export const UnlinkIdentityInput = z.strictObject({ id: Id, endOtherSessions: EndOtherSessions })
export const IdentityUnlinked = z.object({ endedSessions: z.int() })

/**
 * A new user whose identity is proved and who has no account yet. `username` is a suggestion, and the only
 * possible one if `isFixed`. `email` is a suggestion too.
 */
export const PendingIdentitySignup = z.nullable(
  z.object({
    provider: IdentityProvider,
    username: z.nullable(z.string()),
    isFixed: z.boolean(),
    name: z.nullable(z.string()),
    email: z.nullable(z.string()),
  }),
)
export type PendingIdentitySignup = z.infer<typeof PendingIdentitySignup>

export const IdentitySignupInput = z.strictObject({
  /** Required unless the provider's name is used. */
  username: z.optional(Username),
  name: z.optional(DisplayName),
  email: z.optional(Email),
  /** Required where only invited users may sign up. */
  invitation: z.optional(OneTimeSecret),
})
