import type { Writer } from '../../db/database.ts'
import { blankEvents } from '../audit/index.ts'
import { deleteFailuresOf } from '../throttle/index.ts'
import { retireUsername } from './retire.ts'
import { deleteUser } from './store.ts'
import type { FoundUser } from './table.ts'

/**
 * Removes everything of a user; their rows in other tables go with the one in `users`. What stays are their
 * events without address and device, and a mark that keeps the user name taken. Call it with the user locked
 * and after recording the event, whose address goes too when it is the user's own.
 */
export async function removeAccount(tx: Writer, { id, username }: FoundUser): Promise<void> {
  await retireUsername(tx, username)
  await deleteUser(tx, id)
  await deleteFailuresOf(tx, id)
  await blankEvents(tx, id)
}
