import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { expect, test } from 'vitest'
import { describeOnPostgres, lockTable, testDatabase } from '../../testing/index.ts'
import type { Database, Reader, Writer } from '../database.ts'
import type { Tables } from '../tables.ts'

/** A connection of one pool at a time, so that its process shows whether it was replaced. */
const options = { waitMs: 3_000, poolSize: 1 }

// Raw SQL needs the type Kysely, which both have.
const asKysely = (db: Reader | Writer) => db as Kysely<Tables>

async function pidOf(db: Reader | Writer): Promise<number | undefined> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(asKysely(db))
  return rows[0]?.pid
}

const removeEvents = (tx: Writer) => tx.deleteFrom('audit_events').execute()

async function removeEventsLate(tx: Writer): Promise<unknown> {
  await sql`select pg_sleep(${(0.3 * options.waitMs) / 1_000})`.execute(asKysely(tx))
  return removeEvents(tx)
}

/** They wait for a locked table, and end before the limit of the session on the server. */
const waits: [string, (db: Database) => Promise<unknown>][] = [
  ['a write', (db) => db.write(removeEvents, { share: 0.6 })],
  ['a write that took a while before', (db) => db.write(removeEventsLate)],
  [
    'a read',
    async (db) =>
      db.openCall(0.4 * options.waitMs)(() => db.read.selectFrom('audit_events').selectAll().execute()),
  ],
]

describeOnPostgres('a locked table', () => {
  test.each(waits)(
    'locked table: %s that gives up does not replace other connections',
    async (what, wait) => {
      await using test = await testDatabase('postgres', options)
      const pidOfOther = () => (what === 'a read' ? test.db.write(pidOf) : pidOf(test.db.read))
      const before = await pidOfOther()
      await using _locked = await lockTable(test.url, 'audit_events')
      await expect(wait(test.db)).rejects.toThrow(/kept a lock for too long|read timeout/)
      expect(await pidOfOther()).toBe(before)
    },
  )

  test('locked table: the check does not wait for tables of features', async () => {
    await using test = await testDatabase('postgres', options)
    await using _locked = await lockTable(test.url, 'sessions')
    await test.db.check()
  })

  test('locked table: a write with little time left reports the lock, and keeps its connection', async () => {
    await using test = await testDatabase('postgres', options)
    const before = await test.db.write(pidOf)
    await using _locked = await lockTable(test.url, 'audit_events')
    await expect(test.db.write(removeEvents, { share: 0.6 })).rejects.toThrow(/kept a lock for too long/)
    expect(await test.db.write(pidOf)).toBe(before)
  })
})
