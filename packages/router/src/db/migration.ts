import { sql } from 'kysely'
import type { ColumnDataType, CreateTableBuilder, Expression, Kysely } from 'kysely'
import type { DatabaseKind } from './database.ts'

/**
 * One step of the schema. It is never edited after a release, and the release before it must keep working on
 * its result, because during an upgrade both run: add first, remove one release later. It imports nothing of
 * the application, whose types move on.
 */
export interface Migration {
  /** `0001-what-it-does`, or `own-0001-…` in a tree that upgrades. The order is that of the list. */
  readonly name: string
  up(context: MigrationContext): Promise<void>
}

/** What differs between the two databases, so that one migration serves both. */
export interface MigrationContext {
  readonly kind: DatabaseKind
  /** Knows no tables; one that moves rows says with `$extendTables` how they look at that point. */
  readonly db: Kysely<Record<never, never>>
  /** Integers up to 2^53: milliseconds, counts, and booleans as 0 and 1. */
  readonly integer: ColumnDataType
  /** Text that is compared and ordered by its UTF-8 bytes. */
  readonly text: ColumnDataType | Expression<string>
  /** A table whose columns hold what they are declared to hold. */
  createTable<T extends string>(name: T): CreateTableBuilder<T>
}

export function migrationContext(kind: DatabaseKind, db: Kysely<Record<never, never>>): MigrationContext {
  if (kind === 'sqlite') {
    return {
      kind,
      db,
      integer: 'integer',
      text: 'text',
      createTable: (name) => db.schema.createTable(name).modifyEnd(sql`strict`),
    }
  }
  return {
    kind,
    db,
    integer: 'bigint',
    // The server's own collation may ignore case or punctuation, and differs from one machine to the next.
    text: sql<string>`text collate "C"`,
    createTable: (name) => db.schema.createTable(name),
  }
}
