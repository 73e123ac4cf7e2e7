import type { CompiledQuery, DatabaseConnection, Driver, QueryResult, TransactionSettings } from 'kysely'
import type pg from 'pg'
import { DatabaseUnavailable } from '../database-unavailable.ts'
import type { PreparedQuery } from '../prepared-query.ts'
import type { Wait, WaitBudget } from '../wait-budget.ts'
import {
  isReadOnlyServer,
  isSilence,
  isStalePlan,
  leavesConnectionUsable,
  toDatabaseUnavailable,
} from './postgres-error.ts'
import type { PostgresPool } from './postgres-pool.ts'

export interface PostgresDriverOptions {
  readonly pool: PostgresPool
  readonly budget: WaitBudget
  /** False while migrating, where a statement may take as long as it needs. */
  readonly boundsStatements: boolean
  /** Called before a connection is given out; may throw. */
  readonly onAcquire?: () => void
}

/**
 * Adapts a PostgresPool to Kysely. It differs from Kysely's own driver in three things. Errors that mean
 * "unavailable" become DatabaseUnavailable. Every statement ends with the budget of its call. A connection
 * that failed, stopped answering or leads to the wrong server never returns to the pool.
 */
export class PostgresDriver implements Driver {
  readonly #options: PostgresDriverOptions

  constructor(options: PostgresDriverOptions) {
    this.#options = options
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PostgresConnection> {
    const { pool, budget, onAcquire } = this.#options
    onAcquire?.()
    const wait = budget.start()
    try {
      return new PostgresConnection(await pool.acquire(wait.deadline), wait, this.#options)
    } catch (error) {
      wait[Symbol.dispose]()
      throw error
    }
  }

  /** Executes one query without the layers that Kysely puts around a driver. */
  async execute<R>(query: PreparedQuery): Promise<QueryResult<R>> {
    const connection = await this.acquireConnection()
    try {
      return await connection.executeQuery<R>(query)
    } finally {
      connection.release()
    }
  }

  async beginTransaction(connection: PostgresConnection, settings: TransactionSettings): Promise<void> {
    await connection.begin(settings.isolationLevel)
  }

  async commitTransaction(connection: PostgresConnection): Promise<void> {
    connection.assertTimeLeft()
    const { command } = await connection.execute('commit')
    if (command === 'ROLLBACK') {
      throw new Error('A statement failed and its error was caught, so nothing of this transaction was kept.')
    }
  }

  async rollbackTransaction(connection: PostgresConnection): Promise<void> {
    await connection.rollback()
  }

  async releaseConnection(connection: PostgresConnection): Promise<void> {
    connection.release()
  }

  /** Does nothing: the function that opened the pool closes it. */
  async destroy(): Promise<void> {}
}

class PostgresConnection implements DatabaseConnection {
  readonly #client: pg.PoolClient
  readonly #wait: Wait
  readonly #options: PostgresDriverOptions
  #usable = true
  #inTransaction = false

  constructor(client: pg.PoolClient, wait: Wait, options: PostgresDriverOptions) {
    this.#client = client
    this.#wait = wait
    this.#options = options
  }

  async executeQuery<R>(query: CompiledQuery | PreparedQuery): Promise<QueryResult<R>> {
    const result = await this.#executeOnce(query)
    const { command, rowCount, rows } = result
    // `pg` assigns a function that keeps its result to a property. V8 allocates such a function in the old
    // generation, so its rows would stay until a major collection.
    result.rows = []
    const changes = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE'
    // Kysely derives R from the query; the driver's rows are untyped.
    return { rows: rows as R[], ...(changes && { numAffectedRows: BigInt(rowCount ?? 0) }) }
  }

  #executeOnce(query: CompiledQuery | PreparedQuery): Promise<pg.QueryResult<object>> {
    const { sql, parameters } = query
    const { pool } = this.#options
    if (this.#inTransaction) return this.execute(sql, parameters)
    if (pool.wrapsQueries) return this.#executeAlone(sql, parameters)
    return 'statementName' in query && pool.keepsStatements
      ? this.#executePrepared(query)
      : this.execute(sql, parameters)
  }

  /** After a migration the server rejects a statement whose columns changed. It is planned again then. */
  async #executePrepared({ sql, parameters, statementName }: PreparedQuery): Promise<pg.QueryResult<object>> {
    try {
      return await this.execute(sql, parameters, statementName)
    } catch (error) {
      if (!isStalePlan(error)) throw error
      // The connection keeps the old plan under its name, so it is closed afterwards.
      this.#usable = false
      return this.execute(sql, parameters)
    }
  }

  async begin(isolationLevel?: string): Promise<void> {
    const { pool, boundsStatements } = this.#options
    const leftMs = boundsStatements ? this.#leftMs() : Infinity
    await this.execute(pool.begin(leftMs, isolationLevel))
    this.#inTransaction = true
  }

  /** @param name lets the server keep its plan for the connection */
  async execute(
    sql: string,
    parameters: readonly unknown[] = [],
    name?: string,
  ): Promise<pg.QueryResult<object>> {
    const { pool, boundsStatements } = this.#options
    const query_timeout = boundsStatements ? this.#leftMs() : 0
    const query = { text: sql, values: [...parameters], query_timeout, ...(name !== undefined && { name }) }
    try {
      return await this.#client.query<object>(query)
    } catch (error) {
      const isWrongServer = pool.access === 'write' && isReadOnlyServer(error)
      this.#usable &&= leavesConnectionUsable(error) && !isWrongServer
      if (isWrongServer) pool.leaveServer(this.#client, 'read-only')
      if (isSilence(error) && query_timeout > pool.silenceMs) pool.leaveServer(this.#client, 'silent')
      throw toDatabaseUnavailable(error, pool.server)
    }
  }

  /** 0 would mean no limit. A call whose budget is spent still gets a response that arrives immediately. */
  #leftMs(): number {
    return Math.max(1, Math.ceil(this.#wait.deadline - performance.now()))
  }

  /**
   * Throws before a commit that might not end in time, because its outcome would be unknown. A rollback
   * follows.
   */
  assertTimeLeft(): void {
    const { pool, budget, boundsStatements } = this.#options
    if (!boundsStatements || this.#wait.deadline - performance.now() > budget.leastMs) return
    throw new DatabaseUnavailable(`PostgreSQL at ${pool.server} left no time to commit.`)
  }

  /**
   * Rolls back and never throws: the error to report is the earlier one. If it fails the connection is
   * closed, which rolls back too.
   */
  async rollback(): Promise<void> {
    if (!this.#usable) return
    await this.execute('rollback').catch(() => undefined)
    this.#inTransaction = false
  }

  release(): void {
    this.#wait[Symbol.dispose]()
    this.#options.pool.release(this.#client, this.#usable)
  }

  async #executeAlone(sql: string, parameters: readonly unknown[]): Promise<pg.QueryResult<object>> {
    await this.begin()
    try {
      const result = await this.execute(sql, parameters)
      await this.execute('commit')
      return result
    } catch (error) {
      await this.rollback()
      throw error
    } finally {
      this.#inTransaction = false
    }
  }

  // SQLite cannot stream beside other readers, and both databases offer the same.
  // oxlint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not supported. Read in pages by key.')
  }
}
