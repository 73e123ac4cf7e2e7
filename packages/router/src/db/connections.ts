import type { Kysely, Transaction } from 'kysely'
import type { DatabaseKind } from './database.ts'
import type { Tables } from './tables.ts'

/** The two connections of an open database, before `createDatabase` adds the rules of the port. */
export interface Connections {
  readonly kind: DatabaseKind
  /** Rejects writes at run time too. */
  readonly reader: Kysely<Tables>
  /** Runs work in one transaction: commits when it resolves, rolls back and rethrows when it rejects. */
  transact<T>(this: void, work: (tx: Transaction<Tables>) => Promise<T>): Promise<T>
  /**
   * Resolves when a write may begin.
   * @throws DatabaseUnavailable when the disk is full and the write may not use the reserve
   */
  assertRoom(this: void, use: ReserveUse): Promise<void>
  /**
   * Throws if the server of the writers accepts only reads. SQLite has no second server.
   * @param probe writes without an effect; not called while other writers have all connections
   * @throws DatabaseUnavailable
   */
  assertWritable(this: void, probe: () => Promise<void>): Promise<void>
  /**
   * Returns whether a transaction that failed with this error was rolled back and may run again: it lost to
   * another transaction, its connection led to the wrong server, or the reserve of a full disk was released
   * for it.
   */
  isWorthRetrying(this: void, error: unknown, use: ReserveUse): boolean
  /**
   * Throws if a query met damaged data and no later check found the file whole.
   * @throws DatabaseUnavailable
   */
  assertWhole(): void
  /**
   * Throws if the database can never serve, so waiting is useless. Called once, before migrations.
   * @throws DatabaseUnavailable
   */
  assertSuitable(): Promise<void>
  close(): Promise<void>
}

/** Whether a write may use the space that is reserved for a full disk. */
export interface ReserveUse {
  readonly usesReserve: boolean
}

export interface ConnectionSettings {
  /** How long one call may wait for the database in total before it fails with DatabaseUnavailable. */
  readonly waitMs: number
  /** How long a new or busy connection to PostgreSQL may take. */
  readonly connectMs: number
  /** The most connections to PostgreSQL. */
  readonly poolSizes: { readonly read: number; readonly write: number }
  /** False: commits do not wait for the disk, and on SQLite run on the caller's own thread. */
  readonly durable: boolean
  /** `migrate` allows long waits and statements, and lets SQLite tables be rebuilt. */
  readonly purpose: 'serve' | 'migrate'
}
