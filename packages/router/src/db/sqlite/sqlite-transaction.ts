import type { CompiledQuery, ConnectionProvider, DatabaseConnection, QueryResult } from 'kysely'
import type { Awaitable } from '../../awaitable.ts'
import { DatabaseUnavailable } from '../database-unavailable.ts'
import type { LaterQuery } from '../execute-later.ts'
import type { Wait, WaitBudget } from '../wait-budget.ts'
import type { WriterQueue } from '../writer-queue.ts'
import type { FileDamage } from './file-damage.ts'
import { retryWhileBusy } from './retry-while-busy.ts'
import { noteFailure } from './sqlite-error.ts'
import type { SqliteReader } from './sqlite-reader.ts'
import type { Batch, Statement, WriterHandle } from './writer-handle.ts'

export interface SqliteTransactionOptions {
  readonly handle: WriterHandle
  readonly reader: SqliteReader
  readonly file: string
  /** Records failures that mean damage. */
  readonly damage: FileDamage
  /** Bounds the waits in the writer queue and for a lock of another process. */
  readonly budget: WaitBudget
}

/** A transaction of a WriterHandle, from its wait in the queue to its end. */
export class SqliteTransaction implements ConnectionProvider, DatabaseConnection, Disposable {
  readonly #options: SqliteTransactionOptions
  readonly #queue: WriterQueue
  /** From the wait for its turn until its disposal. */
  readonly #wait: Wait
  /** Writes that go with the next batch. */
  readonly #unsent: Statement[] = []
  #hasWritten = false
  #hasEnded = false
  #hasTurn = false
  /** A batch did not end in time and still runs. */
  #isAbandoned = false

  constructor(options: SqliteTransactionOptions, queue: WriterQueue) {
    this.#options = options
    this.#queue = queue
    this.#wait = options.budget.start()
  }

  /** Waits for its turn and for the lock. @param settings makes statements that go with `begin` */
  async begin(settings: () => Statement[]): Promise<void> {
    const { deadline } = this.#wait
    const begin = () => {
      this.#hasTurn = true
      const statements = settings()
      return retryWhileBusy(() => this.#inTime({ begins: true, statements }), deadline)
    }
    try {
      if ((await this.#queue.enter(this.#wait, begin)) !== undefined) return
      throw new DatabaseUnavailable(`Other writers kept ${this.#options.file} for too long.`)
    } catch (error) {
      if (this.#isAbandoned) await this.end('rollback')
      throw noteFailure(error, this.#options)
    }
  }

  /**
   * Before the first write the transaction reads on the connection of this thread: while it has the write
   * lock, no process can commit, so both connections see the same state.
   * @returns the rows without a promise, unless the writer must answer
   */
  execute<R>(compiled: CompiledQuery | LaterQuery): Awaitable<QueryResult<R>> {
    if (this.#hasEnded) throw new Error('The transaction has ended.')
    const { sql, parameters, query } = compiled
    if (query.kind !== 'SelectQueryNode') this.#hasWritten = true
    if (!this.#hasWritten) {
      try {
        return this.#options.reader.executeNow(sql, parameters)
      } catch {
        // The writer reports it, or succeeds where this connection was locked.
      }
    }
    this.#unsent.push({ sql, parameters })
    if ('isLater' in compiled) return { rows: [] }
    return this.#run({ statements: this.#unsent.splice(0) })
  }

  /** Lets the next writer begin: its message goes with this one, and does not wait for the response. */
  async end(ends: 'commit' | 'rollback'): Promise<void> {
    // A commit that fails is rolled back by the handle.
    if (this.#hasEnded) return
    this.#hasEnded = true
    const ended = this.#run({ statements: ends === 'commit' ? this.#unsent : [], ends })
    this.#leave()
    if (this.#isAbandoned) void ended.catch(() => undefined)
    else await ended
  }

  [Symbol.dispose](): void {
    this.#wait[Symbol.dispose]()
    this.#leave()
  }

  async provideConnection<T>(consumer: (connection: DatabaseConnection) => Promise<T>): Promise<T> {
    return consumer(this)
  }

  async executeQuery<R>(compiled: CompiledQuery): Promise<QueryResult<R>> {
    return this.execute(compiled)
  }

  // A half-read statement blocks the connection, which all writers share.
  // oxlint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streaming is not supported. Read in pages by key.')
  }

  #leave(): void {
    if (this.#hasTurn) this.#queue.leave()
    this.#hasTurn = false
  }

  async #run<R>(batch: Batch): Promise<QueryResult<R>> {
    try {
      return await this.#inTime<R>(batch)
    } catch (error) {
      throw noteFailure(error, this.#options)
    }
  }

  /** Abandons a batch when the disk does not answer. */
  async #inTime<R>(batch: Batch): Promise<QueryResult<R>> {
    const { budget, file, handle } = this.#options
    const running = handle.run<R>(batch, () => this.#isAbandoned)
    if (!(running instanceof Promise)) return running
    const late = Promise.withResolvers<never>()
    const leftMs = Math.max(this.#wait.deadline - performance.now(), budget.leastMs)
    const timer = setTimeout(() => {
      this.#isAbandoned = true
      late.reject(new DatabaseUnavailable(`Writing to ${file} did not end in time.`))
    }, leftMs)
    try {
      return await Promise.race([running, late.promise])
    } finally {
      clearTimeout(timer)
    }
  }
}
