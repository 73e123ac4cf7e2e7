import BetterSqlite from 'better-sqlite3'
import type { QueryResult } from 'kysely'
import { DatabaseUnavailable } from '../database-unavailable.ts'
import { spoilsConnection } from './sqlite-error.ts'

export interface SqliteHandleOptions {
  readonly file: string
  readonly access: 'read' | 'write'
  /** False trades durability at power loss for speed; for tests. */
  readonly durable: boolean
  /** False only while migrating, where a table may have to be rebuilt. */
  readonly foreignKeys: boolean
}

// More than the statements of this application, and a bound for those whose text varies (lists of
// parameters).
const CACHED_STATEMENTS = 256

/**
 * One connection to a SQLite file, with its prepared statements. It never waits for a lock: it throws
 * SQLITE_BUSY at once. After an error that leaves the connection in doubt, it opens a new one for the next
 * use.
 */
export class SqliteHandle {
  readonly #options: SqliteHandleOptions
  #database: BetterSqlite.Database | undefined
  readonly #statements = new Map<string, BetterSqlite.Statement>()
  #inDoubt = false
  #closed = false

  constructor(options: SqliteHandleOptions) {
    this.#options = options
  }

  get inTransaction(): boolean {
    return this.#database?.inTransaction ?? false
  }

  /**
   * Opens the connection, or replaces one that is in doubt. Every other method needs it to have been called.
   */
  open(): void {
    if (this.#closed) throw new Error('The database is closed.')
    if (this.#inDoubt) this.#discard()
    this.#database ??= openFile(this.#options)
  }

  execute<R>(sql: string, parameters: readonly unknown[] = []): QueryResult<R> {
    try {
      const statement = this.#prepare(sql)
      if (statement.reader) {
        // Kysely derives R from the query; the driver's rows are untyped.
        return { rows: statement.all(...parameters) as R[] }
      }
      const { changes } = statement.run(...parameters)
      return { numAffectedRows: BigInt(changes), rows: [] }
    } catch (error) {
      if (spoilsConnection(error)) this.#inDoubt = true
      throw error
    }
  }

  close(): void {
    this.#closed = true
    this.#discard()
  }

  #discard(): void {
    this.#statements.clear()
    this.#inDoubt = false
    const database = this.#database
    this.#database = undefined
    database?.close()
  }

  #prepare(sql: string): BetterSqlite.Statement {
    if (this.#database === undefined) throw new Error('The database is closed.')
    const known = this.#statements.get(sql)
    const statement = known ?? this.#database.prepare(sql)
    // A Map keeps the order of insertion, so the first entry is the one that was used least recently.
    this.#statements.delete(sql)
    this.#statements.set(sql, statement)
    if (this.#statements.size > CACHED_STATEMENTS) {
      for (const [oldest] of this.#statements) {
        this.#statements.delete(oldest)
        break
      }
    }
    return statement
  }
}

function openFile({ file, access, durable, foreignKeys }: SqliteHandleOptions): BetterSqlite.Database {
  const database = new BetterSqlite(file, { readonly: access === 'read', fileMustExist: true, timeout: 0 })
  try {
    if (access === 'write') {
      if (database.pragma('journal_mode = wal', { simple: true }) !== 'wal') {
        throw new DatabaseUnavailable(
          `${file} cannot use write-ahead logging. Keep the database on a local disk, not on a network share.`,
        )
      }
      database.pragma(`synchronous = ${durable ? 'full' : 'off'}`)
      database.pragma(`foreign_keys = ${foreignKeys ? 'on' : 'off'}`)
      // One large transaction must not leave a large -wal file for ever.
      database.pragma(`journal_size_limit = ${64 * 1024 * 1024}`)
    } else {
      // Reads the header, so that a file that is no database is refused here.
      database.pragma('schema_version')
    }
    return database
  } catch (error) {
    database.close()
    throw error
  }
}
