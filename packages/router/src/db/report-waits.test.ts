import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { cuttableProxy } from '../testing/cuttable-proxy.ts'
import {
  describeOnPostgres,
  emptyTestDatabase,
  lockTable,
  migratedTestDatabase,
  onServer,
} from '../testing/index.ts'
import { postgresRole } from '../testing/postgres-role.ts'
import type { Migration } from './migration.ts'
import { migrations } from './migrations/index.ts'
import { migrateDatabase } from './open-database.ts'
import { reportWaits, waitLines } from './report-waits.ts'

const alterSessions: Migration = {
  name: '9998-alter-sessions',
  async up({ db, text }) {
    await db.schema.alterTable('sessions').addColumn('note', text).execute()
  },
}

const slow: Migration = {
  name: '9998-slow',
  async up({ db }) {
    await sql`select pg_sleep(4.5)`.execute(db)
  },
}

/** Migrates, and collects the lines for the operator. */
function startMigration(url: string, ...more: Migration[]) {
  const lines: string[] = []
  const onWait = (line: string) => void lines.push(line)
  return { lines, done: migrateDatabase(url, { migrations: [...migrations, ...more], onWait }) }
}

describeOnPostgres('waits of a migration', () => {
  test('migrate: says that it waits for a table that another session has locked', async () => {
    await using database = await migratedTestDatabase('postgres')
    const locked = await lockTable(database.url, 'sessions')
    const { lines, done } = startMigration(database.url, alterSessions)
    await expect.poll(() => lines).toEqual([waitLines.lock])
    await locked[Symbol.asyncDispose]()
    expect(await done).toEqual([alterSessions.name])
    expect(lines).toEqual([waitLines.lock])
  })

  test('migrate: says that it waits for a server that does not answer', async () => {
    await using database = await emptyTestDatabase('postgres')
    await using cable = await cuttableProxy(database.url)
    cable.freeze('all')
    const { lines, done } = startMigration(cable.url)
    await expect.poll(() => lines).toEqual([waitLines.answer])
    cable.thaw()
    expect(await done).toHaveLength(migrations.length)
  })

  test('migrate: reports no lock while it only works', async () => {
    await using database = await migratedTestDatabase('postgres')
    const { lines, done } = startMigration(database.url, slow)
    expect(await done).toEqual([slow.name])
    expect(lines).not.toContain(waitLines.lock)
  })

  test('migrate: reports no silence while it works with the only connection of its role', async () => {
    await using database = await migratedTestDatabase('postgres')
    await using one = await postgresRole(database.url, 'connection limit 1')
    await onServer(async (client) => {
      await client.query(`grant usage, create on schema public to ${one.name}`)
      await client.query(`grant select, insert on schema_migrations to ${one.name}`)
    }, database.url)
    const { lines, done } = startMigration(one.url, slow)
    expect(await done).toEqual([slow.name])
    expect(lines).toEqual([])
  })
})

describe('report of waits', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('report of waits: a look for locks without an answer means silence, and its end is final', async () => {
    const lines: string[] = []
    const look = Promise.withResolvers<boolean>()
    const waits = reportWaits('lock', (line) => void lines.push(line))
    waits.hasBegun(() => look.promise)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(lines).toEqual([])
    await vi.advanceTimersByTimeAsync(2_000)
    expect(lines).toEqual([waitLines.answer])
    waits[Symbol.dispose]()
    look.resolve(true)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(lines).toEqual([waitLines.answer])
    expect(vi.getTimerCount()).toBe(0)
  })
})
