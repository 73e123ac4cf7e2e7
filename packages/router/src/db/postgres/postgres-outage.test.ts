import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { expect, test } from 'vitest'
import { cuttableProxy } from '../../testing/cuttable-proxy.ts'
import { describeOnPostgres, testDatabase } from '../../testing/index.ts'
import { onServer } from '../../testing/test-postgres.ts'
import { DatabaseUnavailable } from '../database-unavailable.ts'
import type { Database, Writer } from '../database.ts'
import { migrateDatabase, openDatabase } from '../open-database.ts'
import type { Tables } from '../tables.ts'

const row = { name: 'x', name_key: 'x', role: 'user', disabled_at: null, created_at: 1 } as const

function addUser(tx: Writer, username: string): Promise<unknown> {
  return tx
    .insertInto('users')
    .values({ ...row, id: username, username })
    .execute()
}

async function ids({ read }: Database): Promise<string[]> {
  const rows = await read.selectFrom('users').select('id').orderBy('id').execute()
  return rows.map(({ id }) => id)
}

/** Ends every connection, as a restart of the server does. */
function terminateConnections(url: string): Promise<unknown> {
  const name = new URL(url).pathname.slice(1)
  return onServer((client) =>
    client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]),
  )
}

describeOnPostgres('an outage', () => {
  test('outage: a transaction whose connection ended throws DatabaseUnavailable, and the next one works', async () => {
    await using test = await testDatabase('postgres')
    const write = test.db.write(async (tx) => {
      await addUser(tx, 'ada')
      await terminateConnections(test.url)
      await addUser(tx, 'grace')
    })
    await expect(write).rejects.toThrow(DatabaseUnavailable)
    await test.db.write((tx) => addUser(tx, 'alan'))
    expect(await ids(test.db)).toEqual(['alan'])
  })

  test('outage: writes work again after the server returns, without a restart', async () => {
    await using test = await testDatabase('postgres')
    await using cable = await cuttableProxy(test.url)
    const db = await openDatabase(cable.url, { waitMs: 2_000 })
    await db.write((tx) => addUser(tx, 'ada'))
    await db.check()
    await cable.cut()
    await expect(db.check()).rejects.toThrow(DatabaseUnavailable)
    await expect(ids(db)).rejects.toThrow(DatabaseUnavailable)
    await expect(db.write((tx) => addUser(tx, 'grace'))).rejects.toThrow(DatabaseUnavailable)
    await cable.reconnect()
    await db.write((tx) => addUser(tx, 'alan'))
    expect(await ids(db)).toEqual(['ada', 'alan'])
    await db.close()
  })

  test('outage: gives up on a server that accepts connections and never answers', async () => {
    await using test = await testDatabase('postgres')
    await using cable = await cuttableProxy(test.url)
    const db = await openDatabase(cable.url, { waitMs: 1_000 })
    cable.freeze('all')
    await expect(db.check()).rejects.toThrow(/is not reachable/)
    cable.thaw()
    await db.check()
    await db.close()
  })

  test('outage: gives up on a connection that stops answering and never uses it again', async () => {
    await using test = await testDatabase('postgres')
    await using cable = await cuttableProxy(test.url)
    const db = await openDatabase(cable.url, { waitMs: 1_500, poolSize: 1 })
    await db.check()
    cable.freeze('present')
    await expect(db.check()).rejects.toThrow(DatabaseUnavailable)
    await db.check()
    await db.close()
  })

  test('outage: names an unreachable server without the password', async () => {
    const db = await openDatabase('postgres://ada:hunter2@127.0.0.1:1/app')
    await expect(db.check()).rejects.toThrow(
      'PostgreSQL at 127.0.0.1:1/app is not reachable (ECONNREFUSED). Start it, or correct DATABASE_URL.',
    )
    await expect(migrateDatabase('postgres://ada:hunter2@127.0.0.1:1/app')).rejects.toThrow(
      DatabaseUnavailable,
    )
    await db.close()
  })

  test('outage: names a database that does not exist', async () => {
    await using test = await testDatabase('postgres')
    const db = await openDatabase(`${test.url}_missing`)
    await expect(db.check()).rejects.toThrow(/_missing has no database of the name in DATABASE_URL/)
    await db.close()
  })

  test('outage: gives up on a lock that another transaction keeps', async () => {
    await using test = await testDatabase('postgres', { waitMs: 1_000 })
    // Has more time than the writers that wait for it.
    await using patient = await reopened(test.url)
    await test.db.write((tx) => addUser(tx, 'ada'))
    const locked = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    const rename = (tx: Writer) => tx.updateTable('users').set({ name: 'y' }).execute()
    const first = patient.write(async (tx) => {
      await rename(tx)
      locked.resolve()
      await release.promise
    })
    await locked.promise
    await expect(test.db.write(rename)).rejects.toThrow(/kept a lock for too long/)
    release.resolve()
    await first
    await test.db.write(rename)
  })

  test.each([
    ['a full disk', 'disk_full', /out of connections, memory or disk \(53100/],
    ['a standby that cancels a query', 'serialization_failure', /gave way to another transaction \(40001/],
  ])('outage: %s throws DatabaseUnavailable with the reason of the server', async (_name, code, reason) => {
    await using test = await testDatabase('postgres')
    const write = test.db.write((tx) => {
      const raised = sql.raw(`do $$ begin raise exception using errcode = '${code}'; end $$`)
      // Raw SQL needs the type Kysely, which a transaction has.
      return sql`${raised}`.execute(tx as Kysely<Tables>)
    })
    await expect(write).rejects.toThrow(reason)
    expect(await ids(test.db)).toEqual([])
  })

  test('outage: fails in time when all connections are in use', async () => {
    await using test = await testDatabase('postgres', { waitMs: 1_000, poolSize: 1 })
    const begun = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    const first = test.db.write(() => {
      begun.resolve()
      return release.promise
    })
    await begun.promise
    await expect(test.db.write((tx) => addUser(tx, 'ada'))).rejects.toThrow(DatabaseUnavailable)
    expect(await ids(test.db)).toEqual([])
    release.resolve()
    // Its own time is over too.
    await expect(first).rejects.toThrow(DatabaseUnavailable)
    await test.db.write((tx) => addUser(tx, 'grace'))
  })
})

describeOnPostgres('conflicting transactions', () => {
  test('transaction: runs again after it lost a deadlock', async () => {
    await using test = await testDatabase('postgres')
    const name = new URL(test.url).pathname.slice(1)
    // By default the server looks for deadlocks after a second.
    await onServer((client) => client.query(`alter database ${name} set deadlock_timeout = '20ms'`))
    await using db = await reopened(test.url)
    await db.write(async (tx) => {
      await addUser(tx, 'ada')
      await addUser(tx, 'grace')
    })
    let [runs, locked] = [0, 0]
    const bothLocked = Promise.withResolvers<void>()
    const swap = (first: string, second: string) =>
      db.write(async (tx) => {
        runs += 1
        await tx.updateTable('users').set({ name: first }).where('id', '=', first).execute()
        locked += 1
        if (locked === 2) bothLocked.resolve()
        await bothLocked.promise
        await tx.updateTable('users').set({ name: first }).where('id', '=', second).execute()
      })
    await Promise.all([swap('ada', 'grace'), swap('grace', 'ada')])
    // Usually 3. The loser may also lock its row once more before the other transaction wakes up.
    expect(runs).toBeGreaterThanOrEqual(3)
  })

  test('transaction: gives up after three retries', async () => {
    await using test = await testDatabase('postgres')
    await onServer(
      (client) =>
        client.query(`create function fail_to_serialize() returns integer language plpgsql
          as $$ begin raise exception using errcode = 'serialization_failure'; end $$`),
      test.url,
    )
    let runs = 0
    const write = test.db.write(async (tx) => {
      runs += 1
      await tx
        .selectFrom(sql`fail_to_serialize()`.as('failure'))
        .selectAll()
        .execute()
    })
    await expect(write).rejects.toThrow(DatabaseUnavailable)
    expect(runs).toBe(4)
  })

  test('transaction: keeps nothing after a failed statement whose error was caught', async () => {
    await using test = await testDatabase('postgres')
    const write = test.db.write(async (tx) => {
      await addUser(tx, 'ada')
      await addUser(tx, 'ada').catch(() => undefined)
    })
    await expect(write).rejects.toThrow('nothing of this transaction was kept')
    expect(await ids(test.db)).toEqual([])
  })
})

async function reopened(url: string): Promise<Database & AsyncDisposable> {
  const db = await openDatabase(url, { durable: false })
  return { ...db, [Symbol.asyncDispose]: () => db.close() }
}
