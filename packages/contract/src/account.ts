import * as z from 'zod/mini'
import { AuditEvent } from './audit.ts'
import { Note } from './notes/notes.ts'
import { NewPassword, PresentedPassword } from './password.ts'
import { PersonName } from './person-name.ts'
import { roles } from './roles.ts'
import { Session } from './sessions.ts'
import { Id, Instant } from './text.ts'

/** A person as they see themselves. */
export const Self = z.object({
  id: Id,
  username: z.string(),
  name: z.string(),
  email: z.nullable(z.string()),
  emailVerified: z.boolean(),
  role: z.enum(roles),
  createdAt: Instant,
})
export type Self = z.infer<typeof Self>

/**
 * A change of one's own profile. Role, user name and id are not here: they cannot be assigned by their owner.
 */
export const UpdateProfileInput = z.strictObject({ name: z.optional(PersonName) })

export const ChangePasswordInput = z.strictObject({
  currentPassword: PresentedPassword,
  newPassword: NewPassword,
})

export const PasswordChanged = z.object({ endedSessions: z.int() })

/**
 * Everything that is kept about one user, as far as it is theirs to know: no password hash and no token, from
 * which nothing could be learned but how to attack the account. Newest first in every list.
 */
export const AccountExport = z.object({
  exportedAt: Instant,
  profile: Self,
  emails: z.array(z.object({ address: z.string(), verifiedAt: z.nullable(Instant) })),
  sessions: z.array(Session),
  /** Browsers that have logged in before; nothing more is kept of them that could be shown. */
  knownDevices: z.array(z.object({ lastUsedAt: Instant })),
  notes: z.array(Note),
  activity: z.array(AuditEvent),
})
export type AccountExport = z.infer<typeof AccountExport>
