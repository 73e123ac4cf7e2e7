import type { Connections, ConnectionSettings } from './connections.ts'
import { createDatabase } from './create-database.ts'
import { parseDatabaseUrl } from './database-url.ts'
import type { Database } from './database.ts'
import { migrate } from './migrate.ts'
import type { Migration } from './migration.ts'
import { migrations as allMigrations } from './migrations/index.ts'
import { repositoryRoot } from './repository-root.ts'
import { WriteScope } from './write-scope.ts'

export interface DatabaseOptions {
  /** Where a relative `file:` path starts. Default: the repository root. */
  readonly root?: string
  /** How long a caller waits for a connection, the line of writers or a lock. Default 5,000. */
  readonly waitMs?: number
  /** PostgreSQL only: how long one statement, or a pause within a transaction, may take. Default 15,000. */
  readonly statementMs?: number
  /** PostgreSQL only: connections for reading, and as many for writing. Default 10. */
  readonly poolSize?: number
  /**
   * False lets a power cut lose the last commits, and on SQLite saves the thread that waits for the disk; for
   * tests that are run on throw-away files. Default true.
   */
  readonly durable?: boolean
  /** Default: those of this version. */
  readonly migrations?: readonly Migration[]
}

export interface MigrateOptions extends DatabaseOptions {
  /** Milliseconds since 1970 UTC, for the record of what ran when. Default: the system's clock. */
  readonly now?: () => number
}

const DEFAULT_WAIT_MS = 5_000

/**
 * Opens the database that `url` names (see `parseDatabaseUrl`) and does not migrate it. A SQLite file and its
 * folder are made when missing; PostgreSQL is contacted by the first query.
 * @throws DatabaseUnavailable when the SQLite file cannot be made or opened
 */
export async function openDatabase(url: string, options: DatabaseOptions = {}): Promise<Database> {
  const { migrations = allMigrations } = options
  const scope = new WriteScope()
  const connections = await connect(url, scope, options, 'serve')
  return createDatabase({
    connections,
    scope,
    migrations,
    closePatienceMs: options.waitMs ?? DEFAULT_WAIT_MS,
  })
}

/**
 * Brings the database to the schema of this version; see `migrate`. Another process that migrates or writes
 * is waited for, up to a minute.
 * @returns the names of the migrations that ran, oldest first; empty when there was nothing to do
 * @throws SchemaMismatch `newer` when a later version has migrated it
 * @throws DatabaseUnavailable
 */
export async function migrateDatabase(url: string, options: MigrateOptions = {}): Promise<string[]> {
  const { migrations = allMigrations, now = Date.now } = options
  const connections = await connect(url, new WriteScope(), { waitMs: 60_000, ...options }, 'migrate')
  try {
    return await migrate(connections, migrations, now)
  } finally {
    await connections.close()
  }
}

async function connect(
  url: string,
  scope: WriteScope,
  options: DatabaseOptions,
  purpose: ConnectionSettings['purpose'],
): Promise<Connections> {
  const { root = repositoryRoot, waitMs = DEFAULT_WAIT_MS, statementMs = 15_000 } = options
  const { poolSize = 10, durable = true } = options
  const settings = { waitMs, statementMs, poolSize, durable, purpose }
  const location = parseDatabaseUrl(url, root)
  // Each driver takes its time to load, and a process needs one of them.
  if (location.kind === 'sqlite') {
    const { openSqlite } = await import('./sqlite/open-sqlite.ts')
    return openSqlite(location.file, settings, scope)
  }
  const { openPostgres } = await import('./postgres/open-postgres.ts')
  return openPostgres(location.url, settings, scope)
}
