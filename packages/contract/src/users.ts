import * as z from 'zod/mini'
import { Page, pageFields } from './pagination.ts'
import { roles } from './roles.ts'
import { Id, Instant, SearchText } from './text.ts'

/**
 * A row of the users page. Only admins, and users in their own row, see the optional fields: addresses, roles
 * and disabled states.
 */
export const UserRow = z.object({
  id: Id,
  username: z.string(),
  name: z.string(),
  createdAt: Instant,
  role: z.optional(z.enum(roles)),
  email: z.optional(z.nullable(z.string())),
  disabled: z.optional(z.boolean()),
  lastLoginAt: z.optional(z.nullable(Instant)),
})
export type UserRow = z.infer<typeof UserRow>

export const UserPage = Page(UserRow)

export const ListUsersInput = z.prefault(
  z.strictObject({ ...pageFields, search: z.optional(SearchText) }),
  {},
)
export const UserIdInput = z.strictObject({ id: Id })
export const SetRoleInput = z.strictObject({
  id: Id,
  role: z.enum(roles, { error: 'There is no such role.' }),
})
export const SetDisabledInput = z.strictObject({
  id: Id,
  disabled: z.boolean({ error: 'Disabled is yes or no.' }),
})
