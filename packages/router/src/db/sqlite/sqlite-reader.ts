import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely'
import type { Awaitable } from '../../awaitable.ts'
import type { WaitBudget } from '../wait-budget.ts'
import type { FileDamage } from './file-damage.ts'
import { retryWhileBusy } from './retry-while-busy.ts'
import { noteFailure } from './sqlite-error.ts'
import type { SqliteHandle } from './sqlite-handle.ts'

interface SqliteReaderOptions {
  readonly handle: SqliteHandle
  readonly file: string
  /** Records failures that mean damage. */
  readonly damage: FileDamage
  /** Bounds the wait while another process locks the whole file. */
  readonly budget: WaitBudget
  /** Called before each query outside of a transaction; may throw. */
  readonly onRead: () => void
}

/** Adapts the read-only connection to Kysely. Its queries run one by one, and each sees the last commit. */
export class SqliteReader implements Driver, DatabaseConnection {
  readonly #options: SqliteReaderOptions

  constructor(options: SqliteReaderOptions) {
    this.#options = options
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<this> {
    return this
  }

  async executeQuery<R>(statement: Statement): Promise<QueryResult<R>> {
    return this.read(statement)
  }

  /** Returns the rows without a promise, unless the file is locked or the query fails. */
  read<R>(statement: Statement): Awaitable<QueryResult<R>> {
    this.#options.onRead()
    try {
      return this.executeNow(statement.sql, statement.parameters)
    } catch {
      return this.#readAgain(statement)
    }
  }

  /** Waits while the file is locked, and reports any other failure. */
  async #readAgain<R>({ sql, parameters }: Statement): Promise<QueryResult<R>> {
    using wait = this.#options.budget.start()
    try {
      return await retryWhileBusy(() => this.executeNow<R>(sql, parameters), wait.deadline)
    } catch (error) {
      throw noteFailure(error, this.#options)
    }
  }

  /** Executes without a wait. @throws the error of SQLite */
  executeNow<R>(sql: string, parameters: readonly unknown[]): QueryResult<R> {
    const { handle } = this.#options
    handle.open()
    return handle.execute(sql, parameters)
  }

  // A half-read statement blocks the connection, which all readers share.
  // oxlint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not supported. Read in pages by key.')
  }

  async beginTransaction(): Promise<void> {
    throw new Error('A transaction begins with db.write.')
  }

  async commitTransaction(): Promise<void> {}

  async rollbackTransaction(): Promise<void> {}

  async releaseConnection(): Promise<void> {}

  /** Does nothing: the function that opened the handle closes it. */
  async destroy(): Promise<void> {}
}

type Statement = Pick<CompiledQuery, 'sql' | 'parameters'>
