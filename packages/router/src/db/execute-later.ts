import type { Compilable, CompiledQuery, Transaction } from 'kysely'
import type { Writer } from './database.ts'
import { prepare } from './prepared-query.ts'
import type { Tables } from './tables.ts'

/** A write whose result nothing uses. */
export interface LaterQuery extends CompiledQuery {
  readonly isLater: true
}

/**
 * Executes a write whose result the transaction does not use. SQLite's writer gets it in the message of the
 * next statement or of the commit, which fails with its error. On PostgreSQL it is executed now.
 */
export async function executeLater(tx: Writer, query: Compilable): Promise<void> {
  await execute(tx, query.compile())
}

/**
 * Makes a write that is compiled once for each database, as `prepareQuery` does, and executed as
 * `executeLater` does.
 * @param build gets a stand-in for each value, and may only use it as a parameter
 */
export function prepareLater<Values extends Record<keyof Values, unknown>>(
  build: (tx: Writer, value: <Name extends string & keyof Values>(name: Name) => Values[Name]) => Compilable,
): (tx: Writer, values: Values) => Promise<void> {
  const bind = prepare<string & keyof Values>(build)
  return (tx, values) => execute(tx, bind(tx as Transaction<Tables>, values))
}

async function execute(tx: Writer, query: CompiledQuery): Promise<void> {
  const later: LaterQuery = { ...query, isLater: true }
  // Sound: `Database.write` passes a transaction of Kysely, with a narrower type.
  await (tx as Transaction<Tables>).executeQuery(later)
}
