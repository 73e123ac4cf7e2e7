import BetterSqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { DatabaseKind } from '../../db/database.ts'
import { describeOnEach } from '../describe-on-each.ts'
import { everyRow } from '../every-row.ts'
import { migratedTestDatabase } from '../test-database.ts'
import { onServer } from '../test-postgres.ts'
import { openExpiredRows } from './expired-rows.ts'
import { fillTables } from './fill-tables.ts'

const options = { users: 200, authSecret: 'a secret that only this test uses' }
const swept = [
  'audit_events',
  'sessions',
  'access_tokens',
  'login_throttles',
  'one_time_secrets',
  'invitations',
]

describeOnEach('many users', (kind: DatabaseKind) => {
  test.each([0.3, 0.9, 0.95])('a fill that ends at %f continues, with the same result', async (share) => {
    await using whole = await migratedTestDatabase(kind)
    const indexes = await indexesOf(whole.url)
    await fillTables(whole.url, options)
    await using database = await migratedTestDatabase(kind)
    const onProgress = (done: number, total: number) => {
      if (done > share * total) throw new Error('interrupted')
    }
    await expect(fillTables(database.url, { ...options, onProgress })).rejects.toThrow('interrupted')
    await fillTables(database.url, options)
    expect(await countsOf(database.url)).toEqual(await countsOf(whole.url))
    expect(await indexesOf(database.url)).toEqual(indexes)
    expect(brokenKeys(database.url)).toEqual([])
  })

  test('the tables that servers sweep get a number of expired rows', async () => {
    await using database = await migratedTestDatabase(kind)
    await fillTables(database.url, options)
    const before = await countsOf(database.url)
    await using expired = await openExpiredRows(database.url, options.users)
    const each = (count: number) => Object.fromEntries(swept.map((table) => [table, count]))
    expect(await expired.count()).toEqual(each(0))
    for (const count of [20, 60, 30]) {
      await expired.setTo(each(count))
      expect(await expired.count()).toEqual(each(count))
    }
    await expired.setTo({})
    expect(await countsOf(database.url)).toEqual(before)
  })
})

async function countsOf(url: string): Promise<Record<string, number>> {
  const rows = await everyRow(url)
  return Object.fromEntries(Array.from(rows, ([table, { length }]) => [table, length]))
}

function indexesOf(url: string): Promise<unknown[]> | unknown[] {
  if (!url.startsWith('file:')) {
    return onServer(async (client) => {
      const query = "select indexdef from pg_indexes where schemaname = 'public' order by indexname"
      return (await client.query<object>(query)).rows
    }, url)
  }
  using database = openFile(url)
  return database.all("select name, sql from sqlite_master where type = 'index' order by name")
}

/** Of PostgreSQL none, whose rows are the same. */
function brokenKeys(url: string): unknown[] {
  if (!url.startsWith('file:')) return []
  using database = openFile(url)
  return database.all('pragma foreign_key_check')
}

function openFile(url: string) {
  const database = new BetterSqlite(url.slice('file:'.length))
  return {
    all: (query: string) => database.prepare(query).all(),
    [Symbol.dispose]: () => void database.close(),
  }
}
