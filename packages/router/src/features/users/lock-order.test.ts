import { expect, test } from 'vitest'
import type { Writer } from '../../db/database.ts'
import { describeOnPostgres, lockedRows, openAgain, testDatabase, waitingLocks } from '../../testing/index.ts'
import { insertUser, lockAdmins, saveRole } from './store.ts'

// Admins act on each other, and each of their transactions locks all admins. One that has locked only the
// admins of an older time would wait for a new admin, whom a later transaction has locked first: a deadlock.

const now = Date.UTC(2026, 0, 1)

/** Adds a user and an admin whose id comes later. */
async function addAccounts(tx: Writer): Promise<void> {
  for (const [username, role] of [
    ['ada', 'user'],
    ['root', 'admin'],
  ] as const)
    await insertUser(tx, {
      id: username,
      username,
      name: username,
      name_key: username,
      role,
      created_at: now,
    })
}

describeOnPostgres('locks of admins', () => {
  test('lockAdmins: locks an admin who was promoted while it waited', async () => {
    await using database = await testDatabase('postgres')
    await using second = await openAgain(database.url)
    await database.db.write(addAccounts)
    const { waiting } = await database.db.write(async (tx) => {
      await lockAdmins(tx)
      const locking = second.write(lockAdmins)
      await expect.poll(() => waitingLocks(database.url)).toBe(1)
      await saveRole(tx, 'ada', 'admin')
      // In an object, because the transaction would wait for a promise that it returns.
      return { waiting: { locking } }
    })
    expect(await waiting.locking).toEqual(['ada', 'root'])
  })

  test('lockAdmins: locks no admin while another transaction changes admins', async () => {
    await using database = await testDatabase('postgres')
    await using second = await openAgain(database.url)
    await database.db.write(addAccounts)
    const { locked, waiting } = await database.db.write(async (tx) => {
      await lockAdmins(tx)
      await second.write((other) => saveRole(other, 'ada', 'admin'))
      const locking = second.write(lockAdmins)
      await expect.poll(() => waitingLocks(database.url)).toBe(1)
      return { locked: await lockedRows(database.url, 'users', 'id'), waiting: { locking } }
    })
    expect(locked).toEqual(['root'])
    expect(await waiting.locking).toEqual(['ada', 'root'])
  })
})
