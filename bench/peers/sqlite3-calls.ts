import type { Database, Statement } from 'better-sqlite3'

type Callback = (error: Error | null, result?: unknown) => void

/**
 * Gives a database of better-sqlite3 the calls of the package sqlite3 that connect-sqlite3 uses, because
 * sqlite3 downloads a binary when it is installed. Statements are prepared once.
 */
export function asSqlite3(database: Database) {
  const statements = new Map<string, Statement>()
  const prepare = (sql: string): Statement => {
    const statement = statements.get(sql) ?? database.prepare(sql)
    statements.set(sql, statement)
    return statement
  }
  const answer = (query: () => unknown, callback: Callback = () => undefined) => {
    try {
      callback(null, query())
    } catch (error) {
      callback(error as Error)
    }
  }
  const run = (sql: string, values: unknown[], callback?: Callback) =>
    answer(() => prepare(sql).run(values), callback)
  return {
    run,
    /** The store inserts with this call, and reads no rows. */
    all: run,
    get: (sql: string, values: unknown[], callback: Callback) =>
      answer(() => prepare(sql).get(values), callback),
    exec: (sql: string, callback: Callback) => answer(() => database.exec(sql), callback),
  }
}
