import BetterSqlite from 'better-sqlite3'
import type { QueryResult } from 'kysely'
import { DatabaseUnavailable } from '../database-unavailable.ts'
import { spoilsConnection } from './sqlite-error.ts'
import type { Batch, WriterHandle } from './writer-handle.ts'

export interface ConnectionOptions {
  readonly file: string
  readonly access: 'read' | 'write'
  /** False trades durability at power loss for speed; for tests. */
  readonly durable: boolean
  /** False only while migrating, where a table may have to be rebuilt. */
  readonly foreignKeys: boolean
  /** The number of pages in the write-ahead log after which they are moved into the file. */
  readonly checkpointPages: number
}

// More than the statements of this application; bounds those whose text varies (lists of parameters).
const cachedStatements = 256

/** A connection in this thread, with its prepared statements. */
export class SqliteHandle implements WriterHandle {
  readonly #options: ConnectionOptions
  #database: BetterSqlite.Database | undefined
  readonly #statements = new Map<string, BetterSqlite.Statement>()
  #inDoubt = false
  #closed = false

  constructor(options: ConnectionOptions) {
    this.#options = options
  }

  /** Opens the connection, or replaces one after a doubtful error. Call it before `execute`. */
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

  run<R>({ begins, statements, ends }: Batch): QueryResult<R> {
    try {
      let result: QueryResult<R> = { rows: [] }
      if (begins) this.#begin()
      else if (!this.#inTransaction) {
        if (ends === 'rollback') return result
        // Otherwise each statement would be committed alone.
        throw new DatabaseUnavailable(
          `The transaction on ${this.#options.file} was ended by an earlier failure.`,
        )
      }
      for (const { sql, parameters } of statements) result = this.execute(sql, parameters)
      if (ends !== undefined) this.execute(ends)
      return result
    } catch (error) {
      // SQLite itself rolls back after some errors (a full disk).
      if ((begins || ends) && this.#inTransaction) this.execute('rollback')
      throw error
    }
  }

  /** Does nothing: `run` answers at once. */
  receive(): void {}

  close(): void {
    this.#closed = true
    this.#discard()
  }

  get #inTransaction(): boolean {
    return this.#database?.inTransaction ?? false
  }

  // `immediate` takes the write lock now. A plain `begin` takes it at the first write, where it can fail
  // immediately because the rows that were read are out of date.
  #begin(): void {
    if (this.#inTransaction) this.#inDoubt = true
    this.open()
    this.execute('begin immediate')
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
    if (known !== undefined) return known
    const statement = this.#database.prepare(sql)
    this.#statements.set(sql, statement)
    if (this.#statements.size > cachedStatements) {
      // A Map keeps the order of insertion. Not the least recently used one: moving keys in each query costs
      // more than compiling a statement again.
      const [oldest = ''] = this.#statements.keys()
      this.#statements.delete(oldest)
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
