import * as z from 'zod/mini'
import { AuditEvent } from './audit.ts'
import { DisplayName } from './display-name.ts'
import { Note } from './notes/notes.ts'
import { NewPassword, PresentedPassword } from './password.ts'
import { roles } from './roles.ts'
import { Session } from './sessions.ts'
import { Id, Instant } from './text.ts'
import { Token } from './tokens.ts'

/** A user as they see themselves. */
export const Self = z.object({
  id: Id,
  username: z.string(),
  name: z.string(),
  /** The verified address, else the entered one. */
  email: z.nullable(z.string()),
  emailVerified: z.boolean(),
  /** An address that was entered and not confirmed yet. It equals `email` while no address is verified. */
  pendingEmail: z.nullable(z.string()),
  role: z.enum(roles),
  createdAt: Instant,
})
export type Self = z.infer<typeof Self>

/**
 * The fields that users may change of themselves. Role, user name and id are missing: their user cannot
 * assign them.
 */
export const UpdateProfileInput = z.strictObject({ name: z.optional(DisplayName) })

export const ChangePasswordInput = z.strictObject({
  currentPassword: PresentedPassword,
  newPassword: NewPassword,
})

export const PasswordChanged = z.object({ endedSessions: z.int() })

/**
 * All data about one user that the user may see. No password hash and no token: they would help only an
 * attacker. Newest first in every list.
 */
export const AccountExport = z.object({
  exportedAt: Instant,
  profile: Self,
  emails: z.array(z.object({ address: z.string(), verifiedAt: z.nullable(Instant) })),
  sessions: z.array(Session),
  /** Browsers that have logged in before; no other data about them can be shown. */
  knownDevices: z.array(z.object({ lastUsedAt: Instant })),
  secondFactors: z.array(
    z.object({
      kind: z.string(),
      name: z.string(),
      createdAt: Instant,
      lastUsedAt: z.nullable(Instant),
    }),
  ),
  /** `issuer` and `subject` are how the provider identifies the user. */
  identities: z.array(
    z.object({
      provider: z.string(),
      issuer: z.string(),
      subject: z.string(),
      name: z.string(),
      createdAt: Instant,
      lastUsedAt: z.nullable(Instant),
    }),
  ),
  accessTokens: z.array(Token),
  notes: z.array(Note),
  activity: z.array(AuditEvent),
})
export type AccountExport = z.infer<typeof AccountExport>
