import { sql } from 'kysely'
import type { ColumnDataType, CreateTableBuilder, Expression, Kysely } from 'kysely'
import type { DatabaseKind } from './database.ts'

/**
 * One step of the schema. It is never edited after a release. The previous release must keep working on its
 * result, because both run during an upgrade: add first, remove one release later. It imports nothing of the
 * application, whose types change later.
 */
export interface Migration {
  /** `0001-what-it-does`, or `own-0001-…` in a tree that upgrades. The list decides the order. */
  readonly name: string
  up(context: MigrationContext): Promise<void>
}

/** Covers the differences between the two databases, so that one migration serves both. */
export interface MigrationContext {
  readonly kind: DatabaseKind
  /**
   * Has no table types, because tables change later. A migration that moves rows declares the tables as they
   * are at its time, with `$extendTables`.
   */
  readonly db: Kysely<Record<never, never>>
  /** Integers up to 2^53: milliseconds, counts, and booleans as 0 and 1. */
  readonly integer: ColumnDataType
  /** Text that is compared and ordered by its UTF-8 bytes. */
  readonly text: ColumnDataType | Expression<string>
  /** Creates a table that enforces its columns' types. */
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
    // The server's own collation may ignore case or punctuation, and differs between machines.
    text: sql<string>`text collate "C"`,
    createTable: (name) => db.schema.createTable(name),
  }
}
