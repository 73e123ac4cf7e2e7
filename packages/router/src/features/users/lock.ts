import type { Role } from '@app/contract'
import type { Writer } from '../../db/database.ts'
import type { Fail } from '../../failures.ts'
import { findUserToChange, lockAdmins } from './store.ts'
import type { FoundUser } from './table.ts'

// Lock order: admins by id, then others. A fixed order prevents deadlocks.

interface ActingRole {
  userId: string
  allowed: readonly Role[]
  /** Locks the user and the session or access token, and throws if it ended. */
  lockCaller: () => Promise<void>
  fail: Fail<'FORBIDDEN'>
}

/**
 * Locks the caller, and checks the role again. Every transaction of a `roleProcedure` begins with it. A call
 * that takes the role or the session away waits until the transaction ends.
 * @throws FORBIDDEN, as the next call would
 */
export async function lockActingRole(
  tx: Writer,
  { userId, allowed, lockCaller, fail }: ActingRole,
): Promise<void> {
  if (allowed.includes('admin')) await lockAdmins(tx)
  await lockCaller()
  const acting = await findUserToChange(tx, userId)
  if (acting === undefined || !allowed.includes(acting.role)) throw fail('FORBIDDEN')
}

/** A locked user. */
interface LockedUser extends FoundUser {
  /** Whether no other admin would be left without this user. */
  isLastAdmin: boolean
}

/**
 * Locks a user who may lose the role or the account, and all admins. Of two such concurrent calls the second
 * waits here, and then sees the changes of the first.
 */
export async function lockUser(tx: Writer, id: string): Promise<LockedUser | undefined> {
  const admins = await lockAdmins(tx)
  const user = await findUserToChange(tx, id)
  if (user === undefined) return undefined
  const isAdmin = user.role === 'admin' && user.disabled_at === null
  return { ...user, isLastAdmin: isAdmin && admins.every((other) => other === id) }
}
