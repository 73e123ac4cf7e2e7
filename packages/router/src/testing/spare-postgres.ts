import { migrateDatabase } from '../db/open-database.ts'
import type { DatabaseKind } from '../db/database.ts'
import {
  createPostgresDatabase,
  dropPostgresDatabase,
  dropStaleDatabases,
  onServer,
} from './test-postgres.ts'

export interface EmptyTestDatabase extends AsyncDisposable {
  readonly kind: DatabaseKind
  /** A `DATABASE_URL`, for a server, a child process or a second connection. */
  readonly url: string
}

interface Spare {
  name: string
  url: string
  /** Its tables and migrations; a database that a test left with others is not used again. */
  schema: string
  /** The tables that a migrated database has no rows in. */
  tables: string[]
}

// Making a database keeps the server busy for longer than most tests run, so those that are done with are emptied and
// used again, one after the other.
const spares: Spare[] = []
let sweptStale: Promise<void> | undefined

export async function migratedPostgres(): Promise<EmptyTestDatabase> {
  const spare = spares.pop() ?? (await newSpare())
  return { kind: 'postgres', url: spare.url, [Symbol.asyncDispose]: () => recycle(spare) }
}

/** `describeOnEach` calls it; other suites need not: the next run removes what this one leaves. */
export async function dropSpares(): Promise<void> {
  for (const { name } of spares.splice(0)) await dropPostgresDatabase(name)
}

async function newSpare(): Promise<Spare> {
  sweptStale ??= dropStaleDatabases()
  await sweptStale
  const { name, url } = await createPostgresDatabase()
  await migrateDatabase(url, { durable: false })
  const schema = await schemaOf(url)
  return { name, url, schema, tables: await tablesWithoutRows(url, schema) }
}

async function recycle(spare: Spare): Promise<void> {
  const isClean = await emptyTables(spare)
  if (isClean) spares.push(spare)
  else await dropPostgresDatabase(spare.name)
}

/** @returns false when it must not be used again */
async function emptyTables({ url, schema, tables }: Spare): Promise<boolean> {
  if ((await schemaOf(url)) !== schema) return false
  await onServer(async (client) => {
    // What a test left connected must not write into the next one.
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
    await client.query(tables.map((table) => `delete from ${table}`).join('; '))
  }, url)
  return true
}

async function tablesWithoutRows(url: string, schema: string): Promise<string[]> {
  const tables = schema.split('\n')[0]?.split(' ') ?? []
  return onServer(async (client) => {
    const empty: string[] = []
    for (const table of tables) {
      const { rowCount } = await client.query(`select 1 from ${table} limit 1`)
      if (rowCount === 0) empty.push(table)
    }
    return empty
  }, url)
}

/** The tables in an order in which they can be emptied one by one, then the migrations. */
async function schemaOf(url: string): Promise<string> {
  return onServer(async (client) => {
    const tables = await client.query<{ name: string }>(
      `select relname as name from pg_class
       where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'schema_migrations'
       order by relname = 'users', relname`,
    )
    const migrations = await client.query<{ name: string }>(
      'select name from schema_migrations order by name',
    )
    const names = (rows: { name: string }[]) => rows.map(({ name }) => name).join(' ')
    return `${names(tables.rows)}\n${names(migrations.rows)}`
  }, url)
}
