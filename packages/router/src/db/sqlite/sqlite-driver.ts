import type { CompiledQuery, DatabaseConnection, Driver, QueryResult } from 'kysely'
import { DatabaseUnavailable } from '../database-unavailable.ts'
import type { Wait, WaitBudget } from '../wait-budget.ts'
import type { ConnectionHandle } from './connection-handle.ts'
import type { DiskReserve } from './disk-reserve.ts'
import type { FileDamage } from './file-damage.ts'
import { retryWhileBusy } from './retry-while-busy.ts'
import { toDatabaseUnavailable } from './sqlite-error.ts'
import type { WriterQueue } from './writer-queue.ts'

export interface SqliteDriverOptions {
  readonly handle: ConnectionHandle
  readonly file: string
  /** Records failures that mean damage. */
  readonly damage: FileDamage
  /** Bounds the waits in the writer queue and for a lock of another process. */
  readonly budget: WaitBudget
  readonly checkpointPages: number
  readonly reserve: Pick<DiskReserve, 'isSpent'>
  /** Absent on the read-only connection, whose queries run one by one without a wait. */
  readonly queue?: WriterQueue
  /** Called before a connection is given out; may throw. */
  readonly onAcquire?: () => void
}

/** Adapts a ConnectionHandle to Kysely: one writer at a time gets a connection, in order of arrival. */
export class SqliteDriver implements Driver {
  readonly #options: SqliteDriverOptions
  #isLogShort = false

  constructor(options: SqliteDriverOptions) {
    this.#options = options
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<SqliteConnection> {
    const { queue, budget, file, handle, onAcquire } = this.#options
    onAcquire?.()
    const wait = budget.start()
    if (queue !== undefined && !(await queue.enter(wait.deadline))) {
      wait[Symbol.dispose]()
      throw new DatabaseUnavailable(`Other writers kept ${file} for too long.`)
    }
    try {
      await retryWhileBusy(() => handle.open(), wait.deadline)
    } catch (error) {
      queue?.leave()
      wait[Symbol.dispose]()
      throw failed(error, this.#options)
    }
    return new SqliteConnection(this.#options, wait)
  }

  /** Executes one statement without the layers that Kysely puts around a driver. */
  async execute<R>(sql: string, parameters: readonly unknown[]): Promise<QueryResult<R>> {
    const connection = await this.acquireConnection()
    try {
      return await connection.execute<R>(sql, parameters)
    } finally {
      await this.releaseConnection(connection)
    }
  }

  async releaseConnection(connection: SqliteConnection): Promise<void> {
    connection.wait[Symbol.dispose]()
    if (connection.stalled === undefined) this.#options.queue?.leave()
    else void this.#leaveAfter(connection.stalled)
  }

  /**
   * Lets the next writer start after the abandoned statement has ended and its transaction was rolled back.
   */
  async #leaveAfter(stalled: Promise<unknown>): Promise<void> {
    const { handle, queue } = this.#options
    try {
      await stalled
    } finally {
      if (handle.inTransaction) await handle.execute('rollback')
      queue?.leave()
    }
  }

  // `immediate` takes the write lock now. A plain `begin` takes it at the first write, where it can fail
  // immediately because the rows that were read are out of date.
  async beginTransaction(connection: SqliteConnection): Promise<void> {
    await this.#keepLogShort(connection)
    await connection.execute('begin immediate')
    connection.isTransaction = true
  }

  /** Makes every commit on the reserve empty the write-ahead log, so that its file does not grow. */
  async #keepLogShort(connection: SqliteConnection): Promise<void> {
    const { reserve, checkpointPages } = this.#options
    if (!reserve.isSpent && !this.#isLogShort) return
    this.#isLogShort = reserve.isSpent
    await connection.execute(`pragma wal_autocheckpoint = ${reserve.isSpent ? 1 : checkpointPages}`)
  }

  async commitTransaction(connection: SqliteConnection): Promise<void> {
    await connection.execute('commit')
  }

  async rollbackTransaction(connection: SqliteConnection): Promise<void> {
    // SQLite itself rolls back after some errors (a full disk); a second rollback would hide the first error.
    if (connection.stalled !== undefined) return
    if (this.#options.handle.inTransaction) await connection.execute('rollback')
  }

  /** Does nothing: the function that opened the handle closes it. */
  async destroy(): Promise<void> {}
}

class SqliteConnection implements DatabaseConnection {
  readonly #options: SqliteDriverOptions
  readonly wait: Wait
  isTransaction = false
  /** A statement that did not end in time and still runs. */
  stalled: Promise<unknown> | undefined

  constructor(options: SqliteDriverOptions, wait: Wait) {
    this.#options = options
    this.wait = wait
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.execute(query.sql, query.parameters)
  }

  async execute<R>(sql: string, parameters?: readonly unknown[]): Promise<QueryResult<R>> {
    const { handle, file } = this.#options
    // Otherwise the statements after one that ended the transaction would each be committed alone.
    if (this.isTransaction && !handle.inTransaction) {
      throw new DatabaseUnavailable(`The transaction on ${file} was ended by an earlier failure.`)
    }
    try {
      return await retryWhileBusy(() => this.#inTime(handle.execute<R>(sql, parameters)), this.wait.deadline)
    } catch (error) {
      throw failed(error, this.#options)
    }
  }

  /** Abandons a statement of the writer when the disk does not answer. */
  async #inTime<T>(running: T | Promise<T>): Promise<T> {
    if (!(running instanceof Promise)) return running
    const { budget, file } = this.#options
    const late = Promise.withResolvers<never>()
    const leftMs = Math.max(this.wait.deadline - performance.now(), budget.leastMs)
    const timer = setTimeout(() => {
      this.stalled = running
      late.reject(new DatabaseUnavailable(`Writing to ${file} did not end in time.`))
    }, leftMs)
    try {
      return await Promise.race([running, late.promise])
    } finally {
      clearTimeout(timer)
    }
  }

  // A half-read statement blocks the connection, which all readers share.
  // oxlint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not supported. Read in pages by key.')
  }
}

function failed(error: unknown, { file, damage }: SqliteDriverOptions): unknown {
  const failure = toDatabaseUnavailable(error, file)
  damage.note(failure)
  return failure
}
