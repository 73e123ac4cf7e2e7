import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { Connections } from './connections.ts'
import { DatabaseUnavailable } from './database-unavailable.ts'
import { MigrationFailed } from './migration-failed.ts'
import { migrationContext } from './migration.ts'
import type { Migration } from './migration.ts'
import { SchemaMismatch } from './schema-mismatch.ts'
import { compareSchema, recordedMigrations } from './schema-state.ts'
import type { MigrationTables } from './schema-state.ts'
import type { Tables } from './tables.ts'

// Any number, the same in every version. It prevents two processes from migrating one PostgreSQL database at
// the same time.
const advisoryLock = 4_611_170_808_700

interface MigrateHooks {
  /**
   * Called when the transaction has begun, which on SQLite has the lock then.
   * @param isLocked returns whether it waits for a lock now
   */
  readonly onBegin?: (isLocked: () => Promise<boolean>) => void
  /** Called in the transaction before the first migration, even if none is missing. */
  readonly prepare?: (tx: Transaction<Tables>) => Promise<void>
}

/**
 * Migrates the database to the newest of `migrations` in one transaction under a lock. A process that ends
 * early leaves the old schema. Of two processes the second finds nothing left to do.
 * @param connections opened for the purpose `migrate`
 * @returns the names of the migrations that ran, oldest first
 * @throws SchemaMismatch `newer` when the database has a migration that is not in the list
 * @throws MigrationFailed when a migration throws
 * @throws DatabaseUnavailable
 */
export async function migrate(
  connections: Connections,
  migrations: readonly Migration[],
  now: () => number,
  { onBegin, prepare }: MigrateHooks = {},
): Promise<string[]> {
  // A database user without the right to create tables can serve a migrated database.
  if (prepare === undefined && (await isCurrent(connections, migrations))) return []
  let running: Migration | undefined
  try {
    return await connections.transact(async (tx) => {
      const { kind, reader } = connections
      const pid = kind === 'postgres' ? await backendOf(tx) : null
      onBegin?.(async () => pid !== null && waitsForLock(reader, pid))
      if (kind === 'postgres') await sql`select pg_advisory_xact_lock(${advisoryLock})`.execute(tx)
      await prepare?.(tx)
      return run(kind, tx, migrations, now, (migration) => {
        running = migration
      })
    })
  } catch (error) {
    // The transaction recognises errors of the connection and the disk, which no migration causes.
    if (running === undefined || error instanceof DatabaseUnavailable) throw error
    throw new MigrationFailed(running.name, error)
  }
}

/** Returns the id of the server process that runs this transaction on PostgreSQL. */
async function backendOf(tx: Transaction<Tables>): Promise<number | null> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
  return rows[0]?.pid ?? null
}

/** Returns whether this process of PostgreSQL waits for a lock: of another migration, or of a table. */
async function waitsForLock(reader: Connections['reader'], pid: number): Promise<boolean> {
  const waiting = sql`select pid from pg_locks where pid = ${pid} and not granted`
  return (await waiting.execute(reader)).rows.length > 0
}

async function isCurrent({ reader }: Connections, migrations: readonly Migration[]): Promise<boolean> {
  const { unknown, missing } = compareSchema(await recordedMigrations(reader), migrations)
  return unknown.length === 0 && missing.length === 0
}

async function run(
  kind: Connections['kind'],
  tx: Transaction<Tables>,
  migrations: readonly Migration[],
  now: () => number,
  onRun: (migration: Migration) => void,
): Promise<string[]> {
  // A migration is written for an older schema, so it must not see today's types.
  const context = migrationContext(kind, tx.$omitTables<keyof Tables>())
  await context
    .createTable('schema_migrations')
    .ifNotExists()
    .addColumn('name', context.text, (column) => column.primaryKey().notNull())
    .addColumn('applied_at', context.integer, (column) => column.notNull())
    .execute()
  const recorded = await recordedMigrations(tx)
  const { unknown, missing } = compareSchema(recorded, migrations)
  if (unknown.length > 0) throw new SchemaMismatch('newer', unknown)
  for (const migration of missing) {
    onRun(migration)
    await migration.up(context)
    await tx
      .$extendTables<MigrationTables>()
      .insertInto('schema_migrations')
      .values({ name: migration.name, applied_at: now() })
      .execute()
  }
  if (kind === 'sqlite' && missing.length > 0) await assertForeignKeys(tx)
  return missing.map(({ name }) => name)
}

// Checks foreign keys, which are off on the connection that migrates because SQLite changes a table by
// rebuilding it.
async function assertForeignKeys(tx: Transaction<Tables>): Promise<void> {
  const { rows } = await sql<{ table: string }>`pragma foreign_key_check`.execute(tx)
  const [broken] = rows
  if (broken !== undefined) throw new Error(`A migration left rows in ${broken.table} without their parent.`)
}
