import type { CompiledQuery, DatabaseConnection, Driver, QueryResult, TransactionSettings } from 'kysely'
import type pg from 'pg'
import { leavesConnectionUsable, notReachable, toDatabaseUnavailable } from './postgres-error.ts'

export interface PostgresDriverOptions {
  readonly pool: pg.Pool
  /** Host, port and name, for the log. */
  readonly server: string
  /** Called before a connection is given out; may throw. */
  readonly onAcquire?: () => void
}

/**
 * Kysely's view of a `pg` pool. It differs from Kysely's own driver in two things: errors that mean
 * "unavailable" become DatabaseUnavailable, and a connection that failed or stopped answering never goes back
 * to the pool.
 */
export class PostgresDriver implements Driver {
  readonly #options: PostgresDriverOptions

  constructor(options: PostgresDriverOptions) {
    this.#options = options
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PostgresConnection> {
    const { pool, server, onAcquire } = this.#options
    onAcquire?.()
    try {
      return new PostgresConnection(await pool.connect(), server)
    } catch (error) {
      throw notReachable(error, server)
    }
  }

  async beginTransaction(connection: PostgresConnection, settings: TransactionSettings): Promise<void> {
    await connection.execute(
      settings.isolationLevel === undefined ? 'begin' : `begin isolation level ${settings.isolationLevel}`,
    )
  }

  async commitTransaction(connection: PostgresConnection): Promise<void> {
    const { command } = await connection.execute('commit')
    if (command === 'ROLLBACK') {
      throw new Error('A statement failed and its error was caught, so nothing of this transaction was kept.')
    }
  }

  async rollbackTransaction(connection: PostgresConnection): Promise<void> {
    // When this fails the connection is lost and the server rolls back by itself; the error to report is the
    // one before.
    await connection.execute('rollback').catch(() => undefined)
  }

  async releaseConnection(connection: PostgresConnection): Promise<void> {
    connection.release()
  }

  /** The pool is closed by whoever opened it. */
  async destroy(): Promise<void> {}
}

class PostgresConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient
  readonly #server: string
  #usable = true

  constructor(client: pg.PoolClient, server: string) {
    this.#client = client
    this.#server = server
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { command, rowCount, rows } = await this.execute(query.sql, query.parameters)
    const changes = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE'
    // Kysely derives R from the query; the driver's rows are untyped.
    return { rows: rows as R[], ...(changes && { numAffectedRows: BigInt(rowCount ?? 0) }) }
  }

  async execute(sql: string, parameters: readonly unknown[] = []): Promise<pg.QueryResult<object>> {
    try {
      return await this.#client.query<object>(sql, [...parameters])
    } catch (error) {
      this.#usable &&= leavesConnectionUsable(error)
      throw toDatabaseUnavailable(error, this.#server)
    }
  }

  release(): void {
    this.#client.release(!this.#usable)
  }

  // SQLite cannot stream beside other readers, and both databases offer the same.
  // oxlint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not supported. Read in pages by key.')
  }
}
