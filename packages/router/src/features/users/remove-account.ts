import type { Writer } from '../../db/database.ts'
import { blankEvents } from '../audit/index.ts'
import { forgive, type Buckets } from '../throttle/index.ts'
import { retireUsername } from './retire.ts'
import { deleteUser, findUserToChange, lockAdministrators, type FoundUser } from './store.ts'

/** A locked user. */
interface LockedUser extends FoundUser {
  /** Nobody else could administrate if this user could not. */
  isLastAdministrator: boolean
}

/**
 * Locks the user who is about to lose the role or the account, and with them everybody who could be the administrator that has
 * to be left: of two such calls at once the second waits here, and then sees what the first one did.
 */
export async function lockUser(tx: Writer, id: string): Promise<LockedUser | undefined> {
  // First, whatever the target: two administrators who act on each other lock the same rows in the same order.
  const administrators = await lockAdministrators(tx)
  const user = await findUserToChange(tx, id)
  if (user === undefined) return undefined
  const isAdministrator = user.role === 'admin' && user.disabled_at === null
  return { ...user, isLastAdministrator: isAdministrator && administrators.every((other) => other === id) }
}

/**
 * Removes everything of a user; their rows in other tables go with the one in `users`. What stays are their events without address
 * and device, and a mark that keeps the user name taken. Call it with the user locked and after recording the event,
 * whose address goes too when it is the user's own.
 */
export async function removeAccount(
  tx: Writer,
  { buckets }: { buckets: Buckets },
  { id, username }: FoundUser,
): Promise<void> {
  await retireUsername(tx, username)
  await deleteUser(tx, id)
  // The buckets of known devices carry no name but an id, and go by themselves within the hour.
  await forgive(tx, [buckets.account(id), buckets.signedIn(id)])
  await blankEvents(tx, id)
}
