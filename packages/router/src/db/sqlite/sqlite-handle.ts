import BetterSqlite from 'better-sqlite3'
import type { QueryResult } from 'kysely'
import { DatabaseUnavailable } from '../database-unavailable.ts'
import type { ConnectionHandle, ConnectionOptions } from './connection-handle.ts'
import { spoilsConnection } from './sqlite-error.ts'

// More than the statements of this application; bounds those whose text varies (lists of parameters).
const cachedStatements = 256

/** A connection in this thread, with its prepared statements. `open` replaces it after a doubtful error. */
export class SqliteHandle implements ConnectionHandle {
  readonly #options: ConnectionOptions
  #database: BetterSqlite.Database | undefined
  readonly #statements = new Map<string, BetterSqlite.Statement>()
  #inDoubt = false
  #closed = false

  constructor(options: ConnectionOptions) {
    this.#options = options
  }

  get inTransaction(): boolean {
    return this.#database?.inTransaction ?? false
  }

  /** False also after a doubtful error. */
  get isOpen(): boolean {
    return this.#database !== undefined && !this.#inDoubt
  }

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
    // A Map keeps the order of insertion, so the first entry is the least recently used one.
    this.#statements.delete(sql)
    this.#statements.set(sql, statement)
    if (this.#statements.size > cachedStatements) {
      for (const [oldest] of this.#statements) {
        this.#statements.delete(oldest)
        break
      }
    }
    return statement
  }
}

function openFile(options: ConnectionOptions): BetterSqlite.Database {
  const { file, access, durable, foreignKeys, checkpointPages } = options
  const database = new BetterSqlite(file, { readonly: access === 'read', fileMustExist: true, timeout: 0 })
  // The function of PostgreSQL. `like` takes a second for a few megabytes that almost match everywhere.
  database.function('strpos', { deterministic: true }, (text: string, part: string) => text.indexOf(part) + 1)
  try {
    if (access === 'write') {
      if (database.pragma('journal_mode = wal', { simple: true }) !== 'wal') {
        throw new DatabaseUnavailable(
          `${file} cannot use write-ahead logging. Keep the database on a local disk, not on a network share.`,
        )
      }
      database.pragma(`synchronous = ${durable ? 'full' : 'off'}`)
      database.pragma(`foreign_keys = ${foreignKeys ? 'on' : 'off'}`)
      database.pragma(`wal_autocheckpoint = ${checkpointPages}`)
      // One large transaction must not leave a large -wal file forever.
      database.pragma(`journal_size_limit = ${64 * 1024 * 1024}`)
    } else {
      // Reads the header, so that a file that is no database is rejected here.
      database.pragma('schema_version')
    }
    return database
  } catch (error) {
    database.close()
    throw error
  }
}
