import type { Kysely } from 'kysely'
import type { DatabaseKind } from './database.ts'
import type { Tables } from './tables.ts'

/** Both sides of an open database, before the rules of the port are put around them. */
export interface Connections {
  readonly kind: DatabaseKind
  /** Refuses writes at run time too. */
  readonly reader: Kysely<Tables>
  readonly writer: Kysely<Tables>
  /** A transaction that failed with this error lost against another one, and may simply be run again. */
  isWorthRetrying(this: void, error: unknown): boolean
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
