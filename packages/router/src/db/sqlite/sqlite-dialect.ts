import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { Dialect, DatabaseIntrospector, Kysely, SelectModifierNode } from 'kysely'
import { SqliteDriver } from './sqlite-driver.ts'
import type { SqliteDriverOptions } from './sqlite-driver.ts'

/**
 * Kysely's SQLite dialect with our driver: one queue of writers, `begin immediate`, and readers that never
 * wait.
 */
export class SqliteDialect implements Dialect {
  readonly #options: SqliteDriverOptions

  constructor(options: SqliteDriverOptions) {
    this.#options = options
  }

  createDriver(): SqliteDriver {
    return new SqliteDriver(this.#options)
  }

  createQueryCompiler(): SqliteQueryCompiler {
    return new LocklessQueryCompiler()
  }

  createAdapter(): SqliteAdapter {
    return new OwnQueueAdapter()
  }

  // Kysely's interface says `Kysely<any>`; the introspector needs no more than that.
  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new SqliteIntrospector(db)
  }
}

class OwnQueueAdapter extends SqliteAdapter {
  // Kysely would put its own mutex around every query, reads too. The driver has its own queue, for writers
  // only.
  override get supportsMultipleConnections(): boolean {
    return true
  }

  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class LocklessQueryCompiler extends SqliteQueryCompiler {
  // Leaves out `for update` and the like: a transaction here already excludes every other writer, and SQLite
  // has no such syntax.
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (node.modifier === undefined || node.modifier === 'Distinct') super.visitSelectModifier(node)
  }
}
