import type { Role } from '@app/contract'
import type { Writer } from '../../db/database.ts'
import type { Fail } from '../../failures.ts'
import { lockSession } from '../sessions/index.ts'
import { findUserToChange, lockAdmins } from './store.ts'
import type { FoundUser } from './table.ts'

// Lock order: admins by id, then others. A fixed order prevents deadlocks.

interface ActingRole {
  session: Parameters<typeof lockSession>[1]
  userId: string
  allowed: readonly Role[]
  fail: Fail<'SESSION_EXPIRED' | 'FORBIDDEN'>
}

/**
 * Locks the acting session and its user, and checks the role again. Every transaction of a `roleProcedure`
 * begins with it. A call that takes the role or the session away waits until the transaction ends.
 * @throws SESSION_EXPIRED or FORBIDDEN, as the next call would
 */
export async function lockActingRole(
  tx: Writer,
  { session, userId, allowed, fail }: ActingRole,
): Promise<void> {
  if (allowed.includes('admin')) await lockAdmins(tx)
  if (!(await lockSession(tx, session))) throw fail('SESSION_EXPIRED')
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
