import BetterSqlite from 'better-sqlite3'
import { onServer } from './test-postgres.ts'

/** Returns all rows of a database as JSON, by table: for tests of data that must be gone. */
export async function everyRow(url: string): Promise<Map<string, string[]>> {
  return url.startsWith('file:') ? sqliteRows(url.slice('file:'.length)) : onServer(postgresRows, url)
}

function sqliteRows(file: string): Map<string, string[]> {
  const database = new BetterSqlite(file, { readonly: true })
  try {
    const tables = database.prepare<[], { name: string }>(
      "select name from sqlite_master where type = 'table'",
    )
    return new Map(
      tables.all().map(({ name }) => {
        const rows = database.prepare<[], object>(`select * from ${name}`).all()
        return [name, rows.map((row) => JSON.stringify(row))]
      }),
    )
  } finally {
    database.close()
  }
}

async function postgresRows(
  client: Parameters<Parameters<typeof onServer>[0]>[0],
): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  const tables = await client.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'",
  )
  for (const { name } of tables.rows) {
    const { rows } = await client.query<object>(`select * from ${name}`)
    found.set(
      name,
      rows.map((row) => JSON.stringify(row)),
    )
  }
  return found
}
