import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { describeOnPostgres, isInstalled, migratedTestDatabase } from '../../testing/index.ts'
import { startPgBouncer } from '../../testing/pgbouncer.ts'
import { onServer } from '../../testing/test-postgres.ts'
import type { Database, Reader } from '../database.ts'
import { openDatabase } from '../open-database.ts'
import { prepareQuery } from '../prepared-query.ts'

const findNames = prepareQuery((db, value: (name: 'username') => string) =>
  db.selectFrom('users').where('username', '=', value('username')).select('name'),
)

async function open(url: string): Promise<Database & AsyncDisposable> {
  const db = await openDatabase(url, { durable: false, poolSize: 1, waitMs: 10_000 })
  return { ...db, [Symbol.asyncDispose]: () => db.close() }
}

/** Of the connection that reads. */
async function statementsOf(db: Reader): Promise<string[]> {
  const rows = await db
    .selectFrom(sql<{ statement: string }>`pg_prepared_statements`.as('statements'))
    .select('statement')
    .execute()
  return rows.map(({ statement }) => statement)
}

describeOnPostgres('prepared statements', () => {
  test('prepared statement: is planned once for a connection, and only if it was prepared', async () => {
    await using database = await migratedTestDatabase('postgres')
    await using db = await open(database.url)
    for (const username of ['ada', 'grace']) expect(await findNames(db.read, { username })).toEqual([])
    await db.read.selectFrom('users').select('name').where('username', '=', 'ada').execute()
    expect(await statementsOf(db.read)).toEqual([expect.stringContaining('from "users"')])
  })

  test('prepared statement: survives a migration that changes its columns', async () => {
    await using database = await migratedTestDatabase('postgres')
    await using db = await open(database.url)
    const ada = { username: 'ada' }
    await findNames(db.read, ada)
    await onServer((client) => client.query('alter table users alter column name type varchar'), database.url)
    expect(await findNames(db.read, ada)).toEqual([])
    expect(await findNames(db.read, ada)).toEqual([])
    expect(await statementsOf(db.read)).toHaveLength(1)
  })

  test.skipIf(!isInstalled('pgbouncer'))(
    'prepared statement: behind PgBouncer no query is prepared',
    async () => {
      await using database = await migratedTestDatabase('postgres')
      await using bouncer = await startPgBouncer(database.url)
      await using one = await open(bouncer.url)
      await using other = await open(bouncer.url)
      const find = async (index: number) =>
        findNames((index % 2 === 0 ? one : other).read, { username: 'ada' })
      const found = await Promise.all(Array.from({ length: 40 }, (_, index) => find(index)))
      expect(found.flat()).toEqual([])
      expect(await statementsOf(one.read)).toEqual([])
    },
  )
})
