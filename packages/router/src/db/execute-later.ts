import type { Compilable, CompiledQuery, Transaction } from 'kysely'
import type { Writer } from './database.ts'
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
  const later: LaterQuery = { ...query.compile(), isLater: true }
  // Sound: `Database.write` passes a transaction of Kysely, with a narrower type.
  await (tx as Transaction<Tables>).executeQuery(later)
}
