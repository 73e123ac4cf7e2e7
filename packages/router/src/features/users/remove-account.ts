import type { Writer } from '../../db/database.ts'
import { blankEvents } from '../audit/index.ts'
import { deletePendingEmail } from '../emails/index.ts'
import { revokeIssuedSecrets, revokeSecrets } from '../one-time-secrets/index.ts'
import { deleteFailuresOf } from '../throttle/index.ts'
import { retireUsername } from './retire.ts'
import { deleteUser } from './store.ts'
import type { FoundUser } from './table.ts'

/**
 * Deletes everything of a user; rows in other tables are deleted with the one in `users`. The user's events
 * stay: `blankEvents` deletes address and browser of the newest, and later events do so for the others. A
 * keyed hash keeps the user name taken. Call it with the user locked and after recording the event, whose
 * address is deleted too if it is the user's own.
 */
export async function removeAccount(tx: Writer, { id, username }: FoundUser): Promise<void> {
  await retireUsername(tx, username)
  const emailId = await deletePendingEmail(tx, id)
  await deleteUser(tx, id)
  await deleteFailuresOf(tx, id)
  await revokeSecrets(tx, emailId === undefined ? [id] : [id, emailId])
  await revokeIssuedSecrets(tx, id)
  await blankEvents(tx, id)
}
