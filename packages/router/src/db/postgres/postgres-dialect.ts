import { PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type { DatabaseIntrospector, Dialect, Kysely } from 'kysely'
import { PostgresDriver } from './postgres-driver.ts'
import type { PostgresDriverOptions } from './postgres-driver.ts'

/** Kysely's PostgreSQL dialect with our driver. */
export class PostgresDialect implements Dialect {
  readonly #options: PostgresDriverOptions

  constructor(options: PostgresDriverOptions) {
    this.#options = options
  }

  createDriver(): PostgresDriver {
    return new PostgresDriver(this.#options)
  }

  createQueryCompiler(): PostgresQueryCompiler {
    return new PostgresQueryCompiler()
  }

  createAdapter(): PostgresAdapter {
    return new PostgresAdapter()
  }

  // Kysely's interface says `Kysely<any>`; the introspector needs no more than that.
  createIntrospector(db: Kysely<unknown>): DatabaseIntrospector {
    return new PostgresIntrospector(db)
  }
}
