import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { product } from '@app/contract/product'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { describeOnEach, emptyTestDatabase, testDatabase } from '../testing/index.ts'
import type { Migration } from './migration.ts'
import { migrations } from './migrations/index.ts'
import { migrateDatabase, openDatabase } from './open-database.ts'
import { SchemaMismatch } from './schema-mismatch.ts'

const fixtureFile = fileURLToPath(new URL('migrate.fixture.ts', import.meta.url))
const names = migrations.map(({ name }) => name)

const addBirthdays: Migration = {
  name: '9998-add-birthdays',
  async up({ db, text: type }) {
    await db.schema.alterTable('users').addColumn('birthday', type).execute()
  },
}

const failing: Migration = {
  name: '9999-fail',
  async up({ db, createTable, text: type }) {
    await createTable('half_done').addColumn('id', type).execute()
    await sql`select * from no_such_table`.execute(db)
  },
}

function migrateInProcess(url: string, ...more: string[]) {
  return spawn(process.execPath, [fixtureFile, url, ...more], { stdio: ['ignore', 'pipe', 'inherit'] })
}

/** Returns the columns of `users`: a half-done migration would show there. */
async function userColumns(url: string): Promise<string[]> {
  const db = await openDatabase(url, { waitMs: 60_000 })
  try {
    await db.write((tx) =>
      tx
        .insertInto('users')
        .values({
          id: '1',
          username: 'a',
          name: 'a',
          name_key: 'a',
          role: 'user',
          disabled_at: null,
          created_at: 1,
        })
        .execute(),
    )
    return Object.keys(await db.read.selectFrom('users').selectAll().executeTakeFirstOrThrow())
  } finally {
    await db.close()
  }
}

describeOnEach('migrations', (kind) => {
  test('migrations: run once, in order, and are recorded', async () => {
    await using database = await emptyTestDatabase(kind)
    expect(await migrateDatabase(database.url)).toEqual(names)
    expect(await migrateDatabase(database.url)).toEqual([])
    expect(await migrateDatabase(database.url, { migrations: [...migrations, addBirthdays] })).toEqual([
      addBirthdays.name,
    ])
    expect(await userColumns(database.url)).toContain('birthday')
  })

  test('check: names the migrations that a new database lacks', async () => {
    await using database = await emptyTestDatabase(kind)
    const db = await openDatabase(database.url, { waitMs: 60_000 })
    await expect(db.check()).rejects.toMatchObject({
      name: 'SchemaMismatch',
      reason: 'pending',
      message: expect.stringMatching(/ Run: node tools\/pnpm\.mjs exec \S+ migrate$/),
    })
    await migrateDatabase(database.url)
    await expect(db.check()).resolves.toBeUndefined()
    await db.close()
  })

  test('check: rejects a database that a later version migrated', async () => {
    await using database = await emptyTestDatabase(kind)
    await migrateDatabase(database.url, { migrations: [...migrations, addBirthdays] })
    const message = `The database is newer than this version of ${product.name} (it has ${addBirthdays.name}). Update ${product.name}.`
    await expect(migrateDatabase(database.url)).rejects.toEqual(
      new SchemaMismatch('newer', [addBirthdays.name]),
    )
    const db = await openDatabase(database.url, { waitMs: 60_000 })
    await expect(db.check()).rejects.toThrow(message)
    await db.close()
  })

  test('check: accepts newer migrations in a running process', async () => {
    await using test = await testDatabase(kind)
    await test.db.check()
    const readAll = () => test.db.read.selectFrom('users').selectAll().execute()
    expect(await readAll()).toEqual([])
    await migrateDatabase(test.url, { migrations: [...migrations, addBirthdays] })
    await expect(test.db.check()).resolves.toBeUndefined()
    expect(await userColumns(test.url)).toContain('birthday')
    expect(await readAll()).toEqual([expect.objectContaining({ id: '1', birthday: null })])
  })

  test('migrations: roll back together when one fails', async () => {
    await using database = await emptyTestDatabase(kind)
    await expect(migrateDatabase(database.url, { migrations: [...migrations, failing] })).rejects.toThrow(
      /^The migration 9999-fail failed, and the database is unchanged: .*no_such_table/,
    )
    expect(await migrateDatabase(database.url)).toEqual(names)
    const halfDone: Migration = {
      ...failing,
      up: ({ createTable, text: type }) => createTable('half_done').addColumn('id', type).execute(),
    }
    expect(await migrateDatabase(database.url, { migrations: [...migrations, halfDone] })).toEqual([
      failing.name,
    ])
  })

  test('migrations: leave the old schema when their process is killed', async () => {
    await using database = await emptyTestDatabase(kind)
    await migrateDatabase(database.url)
    const child = migrateInProcess(database.url, 'stall')
    const [line] = await once(child.stdout.setEncoding('utf8'), 'data')
    expect(line).toBe('half done\n')
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await migrateDatabase(database.url)).toEqual([])
    expect(await userColumns(database.url)).not.toContain('half_done')
  })

  test('migrations: run in one of two concurrent processes', async () => {
    await using database = await emptyTestDatabase(kind)
    const children = [migrateInProcess(database.url), migrateInProcess(database.url)]
    const outputs = await Promise.all(children.map(({ stdout }) => text(stdout)))
    expect(outputs.map((output) => JSON.parse(output)).toSorted((a, b) => a.length - b.length)).toEqual([
      [],
      names,
    ])
  })
})

describeOnEach('the first schema', (kind) => {
  test('schema: rejects values that the types do not allow', async () => {
    await using test = await testDatabase(kind)
    const user = { id: '1', username: 'a', name: 'a', name_key: 'a', disabled_at: null, created_at: 1 }
    const insert = (values: object) =>
      // Passes what the types would reject.
      test.db.write((tx) =>
        tx
          .insertInto('users')
          .values(values as never)
          .execute(),
      )
    await expect(insert({ ...user, role: null })).rejects.toThrow(/null/i)
    await expect(insert({ ...user, role: 'user', created_at: 'today' })).rejects.toThrow(/integer|bigint/i)
    await insert({ ...user, role: 'user' })
  })

  test('schema: an audit event may name a deleted user', async () => {
    await using test = await testDatabase(kind)
    await test.db.write((tx) =>
      tx
        .insertInto('audit_events')
        .values({
          id: '1',
          at: 1,
          event: 'account.closed',
          actor_kind: 'user',
          actor_id: 'deleted',
          subject: 'deleted',
          ip: null,
          user_agent: null,
          request_id: null,
          detail: null,
        })
        .execute(),
    )
    expect(await test.db.read.selectFrom('audit_events').select('actor_id').execute()).toEqual([
      { actor_id: 'deleted' },
    ])
  })
})
