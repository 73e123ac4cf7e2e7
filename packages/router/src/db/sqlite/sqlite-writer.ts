import { DefaultQueryExecutor, Transaction } from 'kysely'
import { setExecutor } from '../prepared-query.ts'
import type { Tables } from '../tables.ts'
import { WriterQueue } from '../writer-queue.ts'
import type { DiskReserve } from './disk-reserve.ts'
import type { SqliteDialect } from './sqlite-dialect.ts'
import { SqliteTransaction } from './sqlite-transaction.ts'
import type { SqliteTransactionOptions } from './sqlite-transaction.ts'
import type { Statement } from './writer-handle.ts'

interface SqliteWriterOptions extends SqliteTransactionOptions {
  readonly dialect: SqliteDialect
  readonly checkpointPages: number
  readonly reserve: Pick<DiskReserve, 'isSpent'>
}

/**
 * Runs one transaction at a time, those of different callers by turns. Kysely builds and compiles their
 * queries. Its own transactions put some ten promises around each query, which cost more than the query.
 */
export class SqliteWriter {
  readonly #options: SqliteWriterOptions
  readonly #queue = new WriterQueue(1)
  readonly #compiler
  /** The same for all transactions: prepared queries are compiled once for each adapter. */
  readonly #adapter
  #isLogShort = false

  constructor(options: SqliteWriterOptions) {
    this.#options = options
    this.#compiler = options.dialect.createQueryCompiler()
    this.#adapter = options.dialect.createAdapter()
  }

  /** Commits when `work` resolves; rolls back and throws its error when it rejects. */
  async transact<T>(work: (tx: Transaction<Tables>) => Promise<T>): Promise<T> {
    // The writer that runs goes first: all others wait for it.
    this.#options.handle.receive()
    using transaction = new SqliteTransaction(this.#options, this.#queue)
    await transaction.begin(() => this.#logSettings())
    try {
      const result = await work(this.#kyselyOf(transaction))
      await transaction.end('commit')
      return result
    } catch (error) {
      await transaction.end('rollback')
      throw error
    }
  }

  #kyselyOf(transaction: SqliteTransaction): Transaction<Tables> {
    const { dialect } = this.#options
    const executor = new DefaultQueryExecutor(this.#compiler, this.#adapter, transaction)
    const driver = dialect.createDriver()
    const tx = new Transaction<Tables>({ config: { dialect }, dialect, driver, executor })
    setExecutor(tx, (query) => transaction.execute(query))
    return tx
  }

  /** Makes every commit on the reserve empty the write-ahead log, so that its file does not grow. */
  #logSettings(): Statement[] {
    const { reserve, checkpointPages } = this.#options
    if (!reserve.isSpent && !this.#isLogShort) return []
    this.#isLogShort = reserve.isSpent
    const pages = reserve.isSpent ? 1 : checkpointPages
    return [{ sql: `pragma wal_autocheckpoint = ${pages}`, parameters: [] }]
  }
}
