import type { QueryResult } from 'kysely'

/**
 * One connection to a SQLite file, in this thread or in another. It never waits for a lock: it throws
 * SQLITE_BUSY at once, and waiting is up to the caller.
 */
export interface ConnectionHandle {
  /** What the connection itself says: some errors (a full disk) end a transaction without a word. */
  readonly inTransaction: boolean
  /** Opens the connection, or replaces one that is in doubt. Needed before every other method. */
  open(): void | Promise<void>
  execute<R>(sql: string, parameters?: readonly unknown[]): QueryResult<R> | Promise<QueryResult<R>>
  /** Waits for the statement that runs, and rolls back what was not committed. Opens no more. */
  close(): void | Promise<void>
}

export interface ConnectionOptions {
  readonly file: string
  readonly access: 'read' | 'write'
  /** False trades durability at power loss for speed; for tests. */
  readonly durable: boolean
  /** False only while migrating, where a table may have to be rebuilt. */
  readonly foreignKeys: boolean
  /** After so many pages in the write-ahead log they are moved into the file. */
  readonly checkpointPages: number
}
