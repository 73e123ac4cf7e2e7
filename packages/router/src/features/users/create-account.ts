import { searchKey } from '@app/contract'
import type { Role } from '@app/contract'
import type { Writer } from '../../db/database.ts'
import { newId } from '../../id.ts'
import type { Clock } from '../../ports/clock.ts'
import { insertCredential } from '../passwords/index.ts'
import { isRetired } from './retire.ts'
import { deleteUser, insertUser } from './store.ts'
import type { FoundUser } from './table.ts'

/**
 * Creates everything that a new account consists of, in the caller's transaction.
 * @returns null when another user has or had the user name
 */
export async function createAccount(
  tx: Writer,
  { clock }: { clock: Clock },
  /** `passwordHash` is null for an account without a password. */
  account: { username: string; name: string; role: Role; passwordHash: string | null },
): Promise<FoundUser | null> {
  const now = clock()
  const user = await insertUser(tx, {
    id: newId(now),
    username: account.username,
    name: account.name,
    name_key: searchKey(account.name),
    role: account.role,
    created_at: now,
  })
  if (user === undefined) return null
  // Checked after the insert: if the name's user has just closed the account, the insert waited for that
  // transaction, and this read sees it.
  if (await isRetired(tx, user.username)) {
    await deleteUser(tx, user.id)
    return null
  }
  if (account.passwordHash !== null) {
    await insertCredential(tx, { userId: user.id, hash: account.passwordHash, now })
  }
  return user
}
