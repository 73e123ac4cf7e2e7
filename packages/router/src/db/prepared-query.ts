import { createHash } from 'node:crypto'
import type { Compilable, CompiledQuery, DialectAdapter, Kysely } from 'kysely'
import { andThen } from '../awaitable.ts'
import type { Awaitable } from '../awaitable.ts'
import type { Reader } from './database.ts'
import type { Tables } from './tables.ts'

/** A query of Kysely. Only the type of `execute` is used: it has the type of the rows. */
interface Query<Row> {
  compile(): CompiledQuery
  execute(): Promise<Row[]>
}

/** Lets the prepared queries of a reader skip the layers that Kysely puts around a driver. */
export function setExecutor(
  db: Reader,
  executeQuery: (query: PreparedQuery) => Awaitable<{ rows: unknown[] }>,
): void {
  Object.assign(db, { executeQuery })
}

/** A query that PostgreSQL plans once for each connection. */
export interface PreparedQuery extends CompiledQuery {
  /** The same for the same SQL. */
  readonly statementName: string
}

function statementNameOf(sql: string): string {
  return createHash('sha256').update(sql).digest('base64url').slice(0, 22)
}

/** Stands for a value while a query is compiled. */
class Placeholder<Name> {
  readonly name: Name

  constructor(name: Name) {
    this.name = name
  }
}

/**
 * Makes a query that is compiled to SQL once for each database, and gets other values in each execution. For
 * the few that every call executes: building and compiling one costs several times its execution.
 * @param build gets a stand-in for each value, and may only use it as a parameter
 */
export function prepareQuery<Row, Name extends string, Value = string>(
  build: (db: Reader, value: (name: Name) => Value) => Query<Row>,
): (db: Reader, values: Readonly<Record<Name, Value>>) => Awaitable<Row[]> {
  const bind = prepare(build)
  return (reader, values) => {
    // Sound: every reader is a Kysely or a transaction of one, with a narrower type.
    const db = reader as Kysely<Tables>
    // Sound: `setExecutor` may return the rows at once, and `build` chose them.
    const executed = db.executeQuery(bind(db, values)) as Awaitable<{ rows: unknown[] }>
    return andThen(executed, ({ rows }) => rows as Row[])
  }
}

/** Compiles a query once for each database. @returns a function that puts values into it */
export function prepare<Name extends string>(
  build: (db: Kysely<Tables>, value: (name: Name) => never) => Compilable,
): (db: Kysely<Tables>, values: Readonly<Record<Name, unknown>>) => PreparedQuery {
  /** By the adapter of the database, which its transactions share. */
  const compiled = new WeakMap<DialectAdapter, PreparedQuery>()
  const compile = (db: Kysely<Tables>): PreparedQuery => {
    // Sound: the query is compiled and not executed with it.
    const built = build(db, (name) => new Placeholder(name) as never).compile()
    const query: PreparedQuery = { ...built, statementName: statementNameOf(built.sql) }
    compiled.set(db.getExecutor().adapter, query)
    return query
  }
  return (db, values) => {
    const query = compiled.get(db.getExecutor().adapter) ?? compile(db)
    const parameters = query.parameters.map((each) =>
      each instanceof Placeholder ? values[(each as Placeholder<Name>).name] : each,
    )
    return { ...query, parameters }
  }
}
