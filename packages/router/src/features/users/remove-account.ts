import type { Writer } from '../../db/database.ts'
import { blankEvents } from '../audit/index.ts'
import { forgive, type Buckets } from '../throttle/index.ts'
import { retireUsername } from './retire.ts'
import { deleteUser, type FoundUser } from './store.ts'

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
