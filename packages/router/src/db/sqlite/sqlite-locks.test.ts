import BetterSqlite from 'better-sqlite3'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { addUser, testDatabase } from '../../testing/index.ts'
import type { TestDatabase } from '../../testing/index.ts'
import { DatabaseUnavailable } from '../database-unavailable.ts'
import { openDatabase } from '../open-database.ts'

/** Takes the write lock, as another process does, and keeps it until the end of the block or `release`. */
function foreignLock({ url }: TestDatabase): Disposable & { release: () => void } {
  const other = new BetterSqlite(url.slice('file:'.length))
  other.exec('begin immediate')
  return { release: () => other.exec('rollback'), [Symbol.dispose]: () => other.close() }
}

/** For writers that never get the lock: a second. */
const short = { share: 1 / 60 }

describe.each([
  ['in a worker thread', true],
  ['in the thread of the caller', false],
])('the writer queue (SQLite), %s', (_name, durable) => {
  test('writer queue: writers of one caller run one at a time, in order of arrival', async () => {
    await using test = await testDatabase('sqlite', { durable })
    const steps: string[] = []
    const writers = Array.from({ length: 20 }, (_, index) =>
      test.db.write(async (tx) => {
        steps.push(`${index} begins`)
        await addUser(tx, `user${index}`)
        await tx.selectFrom('users').selectAll().execute()
        steps.push(`${index} ends`)
      }),
    )
    await Promise.all(writers)
    expect(steps).toEqual(writers.flatMap((_, index) => [`${index} begins`, `${index} ends`]))
  })

  test('writer queue: a writer waits for the lock of another process while readers continue', async () => {
    await using test = await testDatabase('sqlite', { durable })
    using lock = foreignLock(test)
    const write = test.db.write((tx) => addUser(tx, 'ada'))
    expect(await test.db.read.selectFrom('users').selectAll().execute()).toEqual([])
    lock.release()
    await write
    expect(await test.db.read.selectFrom('users').select('id').execute()).toEqual([{ id: 'ada' }])
  })

  test('writer queue: fails in time while the lock stays, and works after its release', async () => {
    await using test = await testDatabase('sqlite', { durable, waitMs: 60_000 })
    // Starting the worker thread may take longer than the short wait.
    await test.db.write((tx) => addUser(tx, 'first'))
    using lock = foreignLock(test)
    let ran = false
    const write = (options = {}) =>
      test.db.write(async (tx) => {
        ran = true
        await addUser(tx, 'ada')
      }, options)
    // Both wait from now on, so the second gives up together with the first.
    const [first, second] = await Promise.allSettled([write(short), write(short)])
    expect(first).toMatchObject({ status: 'rejected', reason: expect.any(DatabaseUnavailable) })
    expect(second).toMatchObject({ status: 'rejected', reason: expect.any(DatabaseUnavailable) })
    expect(ran).toBe(false)
    lock.release()
    await write()
    expect(ran).toBe(true)
  })

  test('writer queue: a writer that never ends does not block the others forever', async () => {
    await using test = await testDatabase('sqlite', { durable, waitMs: 60_000 })
    const release = Promise.withResolvers<void>()
    const stuck = test.db.write(() => release.promise)
    await expect(test.db.write((tx) => addUser(tx, 'ada'), short)).rejects.toThrow('Other writers kept')
    release.resolve()
    await stuck
    await test.db.write((tx) => addUser(tx, 'grace'))
  })

  test('writer queue: a commit that fails is rolled back, and the next writer begins', async () => {
    await using test = await testDatabase('sqlite', { durable })
    const failing = test.db.write(async (tx) => {
      await addUser(tx, 'ada')
      // SQLite checks the key at the commit, and then keeps the transaction open.
      await sql`pragma defer_foreign_keys = on`.execute(tx as never)
      const credential = { user_id: 'missing', hash: 'x', version: 1, changed_at: 1 }
      await tx.insertInto('password_credentials').values(credential).execute()
    })
    const next = test.db.write((tx) => addUser(tx, 'grace'))
    await expect(failing).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_FOREIGNKEY' })
    await next
    expect(await test.db.read.selectFrom('users').select('id').execute()).toEqual([{ id: 'grace' }])
  })

  test('writer queue: two processes that write simultaneously lose nothing', async () => {
    await using test = await testDatabase('sqlite', { durable })
    const other = await openDatabase(test.url, { durable, waitMs: 60_000 })
    const writes = Array.from({ length: 30 }, (_, index) =>
      (index % 2 === 0 ? test.db : other).write((tx) => addUser(tx, `user${index}`)),
    )
    await Promise.all(writes)
    await other.close()
    const rows = await test.db.read.selectFrom('users').select('id').execute()
    expect(rows).toHaveLength(30)
  })
})
