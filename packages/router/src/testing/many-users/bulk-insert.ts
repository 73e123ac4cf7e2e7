import BetterSqlite from 'better-sqlite3'
import pg from 'pg'

/** Inserts many rows at once into the database of a URL, without the code of the product. */
export interface BulkInsert extends AsyncDisposable {
  count(table: string): Promise<number>
  insert(table: string, rows: readonly object[]): Promise<void>
  /** When the first user signed up; null without users. */
  firstSignup(): Promise<number | null>
  /** Leaves the database as a server that has run for long. */
  finish(): Promise<void>
}

export async function openBulkInsert(url: string): Promise<BulkInsert> {
  return url.startsWith('file:') ? openSqlite(url.slice('file:'.length)) : openPostgres(url)
}

function openSqlite(file: string): BulkInsert {
  const database = new BetterSqlite(file, { fileMustExist: true })
  database.pragma('synchronous = off')
  database.pragma('cache_size = -500000')
  return {
    count: async (table) => Number(database.prepare(`select count(*) from ${table}`).pluck().get()),
    insert: async (table, rows) => {
      const names = Object.keys(rows[0] ?? {})
      const values = names.map((name) => `@${name}`).join()
      const statement = database.prepare(`insert into ${table} (${names.join()}) values (${values})`)
      database.transaction(() => {
        for (const row of rows) statement.run(row)
      })()
    },
    firstSignup: async () => {
      // Sound: an integer column, or null without rows.
      return database.prepare('select min(created_at) from users').pluck().get() as number | null
    },
    // The product runs no `analyze` on SQLite, so its plans do not depend on the rows.
    finish: async () => void database.pragma('wal_checkpoint(truncate)'),
    [Symbol.asyncDispose]: async () => void database.close(),
  }
}

async function openPostgres(url: string): Promise<BulkInsert> {
  const client = new pg.Client({ connectionString: url, options: '-c synchronous_commit=off' })
  client.on('error', () => undefined)
  await client.connect()
  const numberOf = async (query: string) => {
    const { rows } = await client.query<{ value: string | null }>(query)
    return rows[0]?.value ?? null
  }
  return {
    count: async (table) => Number(await numberOf(`select count(*) as value from ${table}`)),
    insert: async (table, rows) => {
      // Other columns get their default.
      const names = Object.keys(rows[0] ?? {}).join()
      const content = `select ${names} from json_populate_recordset(null::${table}, $1)`
      await client.query(`insert into ${table} (${names}) ${content}`, [JSON.stringify(rows)])
    },
    firstSignup: async () => {
      const first = await numberOf('select min(created_at) as value from users')
      return first === null ? null : Number(first)
    },
    finish: async () => void (await client.query('vacuum analyze')),
    [Symbol.asyncDispose]: () => client.end(),
  }
}
