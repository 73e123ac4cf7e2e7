import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { Connections } from './connections.ts'
import { DatabaseUnavailable } from './database-unavailable.ts'
import { parseDatabaseUrl } from './database-url.ts'
import { migrate } from './migrate.ts'
import { migrations as allMigrations } from './migrations/index.ts'
import { connectToMigrate } from './open-database.ts'
import type { MigrateOptions } from './open-database.ts'
import { repositoryRoot } from './repository-root.ts'
import type { Tables } from './tables.ts'

/**
 * Deletes every table of the database, those of newer versions too, and runs all migrations, in one
 * transaction.
 * @returns the names of the migrations that ran
 * @throws DatabaseUnavailable also when another process is connected, as far as the database shows it
 */
export async function resetDatabase(url: string, options: MigrateOptions = {}): Promise<string[]> {
  const { migrations = allMigrations, now = Date.now, root = repositoryRoot } = options
  const location = parseDatabaseUrl(url, root)
  if (location.kind === 'sqlite') {
    const { isSqliteInUse } = await import('./sqlite/is-in-use.ts')
    if (isSqliteInUse(location.file)) throw inUse(location.file)
  }
  const connections = await connectToMigrate(url, options)
  try {
    if (connections.kind === 'postgres') await assertAlone(connections)
    return await migrate(connections, migrations, now, {
      prepare: (tx) => dropTables(connections.kind, tx),
    })
  } finally {
    await connections.close()
  }
}

function inUse(name: string): DatabaseUnavailable {
  return new DatabaseUnavailable(`${name} is in use by another process. Stop the server first.`)
}

/** How long PostgreSQL may still show the connections of a stopped server. */
const lingerMs = 1_000
const pollMs = 100

const otherConnections = sql`
  select pid from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()
    and application_name = current_setting('application_name') limit 1`

/**
 * Checks that this connection is the only one of our processes. A server whose pool is empty at the moment is
 * not seen.
 * @throws DatabaseUnavailable
 */
async function assertAlone({ transact }: Connections): Promise<void> {
  const deadline = performance.now() + lingerMs
  for (;;) {
    const { rows } = await transact((tx) => otherConnections.execute(tx))
    if (rows.length === 0) return
    if (performance.now() > deadline) throw inUse('The database')
    await sleep(pollMs)
  }
}

const postgresTables = sql<{ name: string }>`
  select tablename as name from pg_tables where schemaname = current_schema()`
const sqliteTables = sql<{ name: string }>`
  select name from sqlite_master where type = 'table' and substr(name, 1, 7) <> 'sqlite_'`

async function dropTables(kind: Connections['kind'], tx: Transaction<Tables>): Promise<void> {
  const names = kind === 'postgres' ? postgresTables : sqliteTables
  const { rows } = await names.execute(tx)
  const cascade = sql.raw(kind === 'postgres' ? 'cascade' : '')
  for (const { name } of rows) await sql`drop table ${sql.table(name)} ${cascade}`.execute(tx)
}
