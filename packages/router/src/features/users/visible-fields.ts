import type { Self, UserRow } from '@app/contract'
import { toInstant } from '../../ports/clock.ts'
import type { FoundUser } from './table.ts'

// Decides for all responses who sees which fields of a user (docs/security.md, "Who sees which fields").

/** Returns what every signed-in user sees. */
export function publicFields(user: FoundUser) {
  return {
    id: user.id,
    username: user.username,
    name: user.name,
    createdAt: toInstant(user.created_at),
  } satisfies UserRow
}

interface Details {
  email: string | undefined
  /** Milliseconds since 1970 UTC. */
  lastLogin: number | undefined
}

/** Returns what admins see of all users, and users of themselves, in the directory. */
export function directoryFields(user: FoundUser, { email, lastLogin }: Details) {
  return {
    ...publicFields(user),
    role: user.role,
    email: email ?? null,
    disabled: user.disabled_at !== null,
    lastLoginAt: lastLogin === undefined ? null : toInstant(lastLogin),
  } satisfies Required<UserRow>
}

interface OwnEmail {
  address: string
  verified_at: number | null
  /** The address that waits for its confirmation. */
  pending: string | null
}

/** Returns what users see of themselves. */
export function ownFields(user: FoundUser, email: OwnEmail | undefined): Self {
  return {
    ...publicFields(user),
    role: user.role,
    email: email?.address ?? null,
    emailVerified: email !== undefined && email.verified_at !== null,
    pendingEmail: email?.pending ?? null,
  }
}
