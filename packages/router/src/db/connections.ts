import type { Kysely } from 'kysely'
import type { DatabaseKind } from './database.ts'
import type { Tables } from './tables.ts'

/** Both sides of an open database, before the rules of the port are put around them. */
export interface Connections {
  readonly kind: DatabaseKind
  /** Refuses writes at run time too. */
  readonly reader: Kysely<Tables>
  readonly writer: Kysely<Tables>
  /**
   * Resolves when a write may begin.
   * @throws DatabaseUnavailable when the disk is full and the write may not use the reserve
   */
  assertRoom(this: void, use: ReserveUse): Promise<void>
  /**
   * Whether a transaction that failed with this error was rolled back and may simply be run again: it lost
   * against another one, its connection led to the wrong server, or the reserve of a full disk was released
   * for it.
   */
  isWorthRetrying(this: void, error: unknown, use: ReserveUse): boolean
  /**
   * Throws when a query has met damaged data that has not been found whole since.
   * @throws DatabaseUnavailable
   */
  assertWhole(): void
  /**
   * Throws when the database could never serve, however long one waits. Asked once, before migrations.
   * @throws DatabaseUnavailable
   */
  assertSuitable(): Promise<void>
  close(): Promise<void>
}

/** Whether a write may use the space that is kept for a full disk. */
export interface ReserveUse {
  readonly usesReserve: boolean
}

export interface ConnectionSettings {
  /** How long one call waits for the database in all before it gets DatabaseUnavailable. */
  readonly waitMs: number
  /** The most connections to PostgreSQL. */
  readonly poolSizes: { readonly read: number; readonly write: number }
  /** False: commits do not wait for the disk, and on SQLite are made on the caller's own thread. */
  readonly durable: boolean
  /** `migrate`: long waits and long statements are fine, and SQLite tables may be rebuilt. */
  readonly purpose: 'serve' | 'migrate'
}
