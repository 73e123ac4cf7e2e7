import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely'
import type { Dialect, DatabaseIntrospector, Driver, Kysely, SelectModifierNode } from 'kysely'

/** Kysely's SQLite dialect with our drivers: one queue of writers, and readers that never wait. */
export class SqliteDialect implements Dialect {
  readonly #driver: Driver

  constructor(driver: Driver) {
    this.#driver = driver
  }

  createDriver(): Driver {
    return this.#driver
  }

  createQueryCompiler(): SqliteQueryCompiler {
    return new OwnQueryCompiler()
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

class OwnQueryCompiler extends SqliteQueryCompiler {
  // The planner may look at the value of a plain `?`, and SQLite then plans the statement again for every
  // value: each join, in every execution. It cannot see through `+`, which changes neither value nor type.
  // A query that needs a partial index names its constant with `sql.lit`.
  protected override getCurrentParameterPlaceholder(): string {
    return '+?'
  }

  // Leaves out `for update` and the like: a transaction here already excludes every other writer, and SQLite
  // has no such syntax.
  protected override visitSelectModifier(node: SelectModifierNode): void {
    if (node.modifier === undefined || node.modifier === 'Distinct') super.visitSelectModifier(node)
  }
}
