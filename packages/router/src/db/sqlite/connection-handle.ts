import type { QueryResult } from 'kysely'

/**
 * One connection to a SQLite file, in this thread or in another. It never waits for a lock: it throws
 * SQLITE_BUSY immediately, and its caller retries.
 */
export interface ConnectionHandle {
  /** What the connection itself reports: some errors (a full disk) end a transaction without a statement. */
  readonly inTransaction: boolean
  /** Opens the connection, or replaces one after a doubtful error. Call it before every other method. */
  open(): void | Promise<void>
  execute<R>(sql: string, parameters?: readonly unknown[]): QueryResult<R> | Promise<QueryResult<R>>
  /** Waits for the running statement and rolls back what was not committed. It cannot be opened again. */
  close(): void | Promise<void>
}

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
