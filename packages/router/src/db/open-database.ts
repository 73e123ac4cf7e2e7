import type { Connections, ConnectionSettings } from './connections.ts'
import { createDatabase } from './create-database.ts'
import { parseDatabaseUrl } from './database-url.ts'
import type { Database } from './database.ts'
import { migrate } from './migrate.ts'
import type { Migration } from './migration.ts'
import { migrations as allMigrations } from './migrations/index.ts'
import { lookMs, reportWaits } from './report-waits.ts'
import { repositoryRoot } from './repository-root.ts'
import { WaitBudget } from './wait-budget.ts'
import { WriteScope } from './write-scope.ts'

export interface DatabaseOptions {
  /** The folder that relative `file:` paths start from. Default: the repository root. */
  readonly root?: string
  /**
   * How long a call may wait in total for the writer queue, connections, locks and statements. Default 4,500.
   */
  readonly waitMs?: number
  /** PostgreSQL only: the maximum of connections for reading and for writing. Default 10 each. */
  readonly poolSize?: number | { readonly read: number; readonly write: number }
  /**
   * False lets a power cut lose the last commits, and on SQLite saves the writer thread. For tests on
   * throw-away files. Default true.
   */
  readonly durable?: boolean
  /** Default: the migrations of this version. */
  readonly migrations?: readonly Migration[]
}

export interface MigrateOptions extends DatabaseOptions {
  /** Milliseconds since 1970 UTC, recorded with each migration. Default: the system's clock. */
  readonly now?: () => number
  /** Called with a line for operators when the database has kept this process waiting for 2 s. */
  readonly onWait?: (line: string) => void
}

/** A caller has every answer within 5 seconds, also when the rest of the call takes half a second. */
const defaultWaitMs = 4_500
const migrateWaitMs = 60_000
/** A migration waits long for a lock, but not for an unreachable server. */
const migrateConnectMs = 5_000

/**
 * Opens the database that `url` names (see `parseDatabaseUrl`) and does not migrate it. Creates a missing
 * SQLite file and its folder. Connects to PostgreSQL at the first query.
 * @throws DatabaseUnavailable when the SQLite file cannot be created or opened
 */
export async function openDatabase(url: string, options: DatabaseOptions = {}): Promise<Database> {
  const { migrations = allMigrations } = options
  const { waitMs = defaultWaitMs } = options
  const rules = { scope: new WriteScope(), budget: new WaitBudget(waitMs) }
  const connections = await connect(url, rules, { ...options, waitMs, connectMs: waitMs }, 'serve')
  return createDatabase({ connections, ...rules, migrations, closePatienceMs: waitMs })
}

/**
 * Migrates the database to the schema of this version; see `migrate`. Waits up to a minute for another
 * process that migrates or writes.
 * @returns the names of the migrations that ran, oldest first; empty when there was nothing to do
 * @throws SchemaMismatch `newer` when a later version has migrated it
 * @throws DatabaseUnavailable
 */
export async function migrateDatabase(url: string, options: MigrateOptions = {}): Promise<string[]> {
  const { migrations = allMigrations, now = Date.now, onWait = () => undefined } = options
  const budget = new WaitBudget(options.waitMs ?? migrateWaitMs)
  const { kind } = parseDatabaseUrl(url, options.root ?? repositoryRoot)
  using waits = reportWaits(kind === 'sqlite' ? 'lock' : 'answer', onWait)
  const connections = await connectToMigrate(url, options, budget)
  const onBegin = (isLocked: () => Promise<boolean>) => waits.hasBegun(() => budget.runFor(lookMs, isLocked))
  try {
    return await migrate(connections, migrations, now, { onBegin })
  } finally {
    await connections.close()
  }
}

/**
 * Opens a database that may be empty, and waits up to a minute for other processes.
 * @throws DatabaseUnavailable
 */
export async function connectToMigrate(
  url: string,
  options: DatabaseOptions,
  budget = new WaitBudget(options.waitMs ?? migrateWaitMs),
): Promise<Connections> {
  const { waitMs = migrateWaitMs } = options
  const connectMs = Math.min(waitMs, migrateConnectMs)
  const rules = { scope: new WriteScope(), budget }
  const connections = await connect(url, rules, { ...options, waitMs, connectMs }, 'migrate')
  try {
    await connections.assertSuitable()
    return connections
  } catch (error) {
    await connections.close()
    throw error
  }
}

async function connect(
  url: string,
  rules: { scope: WriteScope; budget: WaitBudget },
  options: DatabaseOptions & Pick<ConnectionSettings, 'waitMs' | 'connectMs'>,
  purpose: ConnectionSettings['purpose'],
): Promise<Connections> {
  const { root = repositoryRoot, waitMs, connectMs, poolSize = 10, durable = true } = options
  const poolSizes = typeof poolSize === 'number' ? { read: poolSize, write: poolSize } : poolSize
  const settings = { waitMs, connectMs, poolSizes, durable, purpose }
  const location = parseDatabaseUrl(url, root)
  // Loading a driver takes time, and a process needs only one of them.
  if (location.kind === 'sqlite') {
    const { openSqlite } = await import('./sqlite/open-sqlite.ts')
    return openSqlite(location.file, settings, rules)
  }
  const { openPostgres } = await import('./postgres/open-postgres.ts')
  return openPostgres(location.url, settings, rules)
}
