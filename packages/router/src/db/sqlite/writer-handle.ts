import type { QueryResult } from 'kysely'

export interface Statement {
  readonly sql: string
  readonly parameters: readonly unknown[]
}

/** Consecutive steps of a transaction. */
export interface Batch {
  /** Begins with the write lock, on a new connection after a doubtful error. */
  readonly begins?: true
  readonly statements: readonly Statement[]
  readonly ends?: 'commit' | 'rollback'
}

/**
 * A connection that writes, in this thread or in another. It never waits for a lock: it throws SQLITE_BUSY
 * immediately, and its caller retries.
 */
export interface WriterHandle {
  /**
   * Runs the steps in order and stops at the first failure. Then the transaction stays open, unless the batch
   * begins or ends it. Batches run in the order of the calls.
   * @param isAbandoned whether the caller has given up; a batch that began nothing is not sent again then
   * @returns the result of the last statement
   * @throws DatabaseUnavailable if an earlier failure ended the transaction
   */
  run<R>(batch: Batch, isAbandoned?: () => boolean): QueryResult<R> | Promise<QueryResult<R>>
  /** Takes the answers that have arrived, instead of in the next turn of the event loop. */
  receive(): void
  /** Waits for the running batch and rolls back what was not committed. It cannot be used again. */
  close(): void | Promise<void>
}
