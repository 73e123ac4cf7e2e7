import type pg from 'pg'
import type { DatabaseKind } from '../db/database.ts'
import { migrateDatabase } from '../db/open-database.ts'
import { keptConnection } from './kept-connection.ts'
import type { KeptConnection } from './kept-connection.ts'
import { createPostgresDatabase, dropPostgresDatabase, dropStaleDatabases } from './test-postgres.ts'

export interface EmptyTestDatabase extends AsyncDisposable {
  readonly kind: DatabaseKind
  /** A `DATABASE_URL`, for a server, a child process or a second connection. */
  readonly url: string
}

interface Spare {
  name: string
  url: string
  connection: KeptConnection
  /** Its tables and migrations. A database whose schema a test changed is not reused. */
  schema: string
  /** The tables that are empty in a migrated database. */
  tables: string[]
}

// Creating a database, and even connecting to one, takes the server longer than most tests run. So used
// databases are emptied and reused; `run-of-tests.ts` drops them after all tests.
const spares: Spare[] = []
let sweptStale: Promise<void> | undefined

export async function migratedPostgres(): Promise<EmptyTestDatabase> {
  const spare = spares.pop() ?? (await newSpare())
  return { kind: 'postgres', url: spare.url, [Symbol.asyncDispose]: () => recycle(spare) }
}

async function newSpare(): Promise<Spare> {
  sweptStale ??= dropStaleDatabases()
  await sweptStale
  const { name, url } = await createPostgresDatabase()
  await migrateDatabase(url, { durable: false })
  const connection = keptConnection(url)
  return connection.use(async (client) => {
    const schema = await schemaOf(client)
    return { name, url, connection, schema, tables: await tablesWithoutRows(client, schema) }
  })
}

async function recycle(spare: Spare): Promise<void> {
  const isClean = await emptyTables(spare)
  if (isClean) return void spares.push(spare)
  await spare.connection.end()
  await dropPostgresDatabase(spare.name)
}

/** @returns false when it must not be reused */
async function emptyTables({ connection, schema, tables }: Spare): Promise<boolean> {
  return connection.use(async (client) => {
    if ((await schemaOf(client)) !== schema) return false
    // Connections that a test left open must not write into the next one's database.
    await client.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
    await client.query(tables.map((table) => `delete from ${table}`).join('; '))
    return true
  })
}

async function tablesWithoutRows(client: pg.PoolClient, schema: string): Promise<string[]> {
  const tables = schema.split('\n')[0]?.split(' ') ?? []
  const empty: string[] = []
  for (const table of tables) {
    const { rowCount } = await client.query(`select 1 from ${table} limit 1`)
    if (rowCount === 0) empty.push(table)
  }
  return empty
}

/** Returns the tables in an order in which they can be emptied one by one, then the migrations. */
async function schemaOf(client: pg.PoolClient): Promise<string> {
  const tables = await client.query<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'schema_migrations'
     order by relname = 'users', relname`,
  )
  const migrations = await client.query<{ name: string }>('select name from schema_migrations order by name')
  const names = (rows: { name: string }[]) => rows.map(({ name }) => name).join(' ')
  return `${names(tables.rows)}\n${names(migrations.rows)}`
}
