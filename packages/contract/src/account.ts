import { z } from 'zod'

import { NewPassword, PresentedPassword } from './password.ts'
import { roles } from './roles.ts'
import { Id, Instant, PersonName } from './text.ts'

/** A person as they see themselves. */
export const Self = z.object({
  id: Id,
  username: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  emailVerified: z.boolean(),
  role: z.enum(roles),
  createdAt: Instant,
})
export type Self = z.infer<typeof Self>

/** A change of one's own profile. Role, user name and id are not here: they cannot be assigned by their owner. */
export const UpdateProfileInput = z.strictObject({ name: PersonName.optional() })

export const ChangePasswordInput = z.strictObject({
  currentPassword: PresentedPassword,
  newPassword: NewPassword,
})

export const PasswordChanged = z.object({ endedSessions: z.int() })
