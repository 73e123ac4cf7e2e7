import { readFileSync, writeFileSync } from 'node:fs'
import BetterSqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { testDatabase } from '../../testing/index.ts'
import type { Database } from '../database.ts'

const pageSize = 4_096

/** Returns the offset in the file of the first page of a table or an index, once the log is in the file. */
function pageOf(file: string, name: string): number {
  const database = new BetterSqlite(file)
  try {
    database.pragma('wal_checkpoint(truncate)')
    const select = database.prepare<[string], { rootpage: number }>(
      'select rootpage from sqlite_master where name = ?',
    )
    return ((select.get(name)?.rootpage ?? 0) - 1) * pageSize
  } finally {
    database.close()
  }
}

/** Damages a page until the end of the block. No connection notices. */
function damagedPage(url: string, name: string): Disposable {
  const file = url.slice('file:'.length)
  const start = pageOf(file, name)
  const whole = readFileSync(file)
  writeFileSync(file, Buffer.from(whole).fill(7, start, start + pageSize))
  return { [Symbol.dispose]: () => writeFileSync(file, whole) }
}

const damage = { name: 'DatabaseUnavailable', isDamage: true }
const problem = (db: Database) => db.check().then(() => 'none', String)
const read = (db: Database) => db.read.selectFrom('users').selectAll().execute()
const write = (db: Database) =>
  db.write((tx) => tx.insertInto('retired_usernames').values({ hmac: 'x' }).execute())

describe.each([
  ['in a worker thread', true],
  ['without a thread', false],
])('file damage (%s)', (_name, durable) => {
  test('damage that the writer met: fails the check until the file is whole, while reads succeed', async () => {
    await using test = await testDatabase('sqlite', { durable })
    {
      using _page = damagedPage(test.url, 'retired_usernames')
      await test.db.check()
      await expect(write(test.db)).rejects.toMatchObject(damage)
      expect(await read(test.db)).toEqual([])
      await expect(test.db.check()).rejects.toMatchObject(damage)
      // From then on the check reports what it found.
      await expect.poll(() => problem(test.db)).toContain('Tree')
      expect(await read(test.db)).toEqual([])
    }
    await expect.poll(() => problem(test.db)).toBe('none')
    await write(test.db)
  })
})

test('damage that a reader met: fails the check until the file is whole', async () => {
  await using test = await testDatabase('sqlite')
  {
    using _page = damagedPage(test.url, 'users')
    await expect(read(test.db)).rejects.toMatchObject(damage)
    await expect(test.db.check()).rejects.toMatchObject(damage)
  }
  await expect.poll(() => problem(test.db)).toBe('none')
})
