import type { Kysely, Transaction } from 'kysely'
import type { Tables } from './tables.ts'
import type { Run } from './wait-budget.ts'

/**
 * What the functions of a store that only read take as their first parameter. A `Writer` is a `Reader` too.
 */
export type Reader = Pick<Kysely<Tables>, 'selectFrom'>

/**
 * What the functions of a store that write take as their first parameter; there is none outside
 * `Database.write`.
 */
export type Writer = Pick<
  Transaction<Tables>,
  'selectFrom' | 'insertInto' | 'updateTable' | 'deleteFrom' | 'with'
>

export interface WriteOptions {
  /** The part of the 5 seconds, from 0 to 1, that a write may wait which the call can do without. */
  readonly share?: number
  /** See `writeFromReserve`. */
  readonly usesReserve?: boolean
}

export type DatabaseKind = 'sqlite' | 'postgres'

/**
 * The port between the features and the database.
 *
 * Both kinds behave alike where it shows: integers are numbers, text is compared and ordered by its UTF-8
 * bytes, `strpos(text, part)` finds a part, and `for update` may be written everywhere (SQLite has one writer
 * at a time, so there it says nothing and is left out). One difference is left: after a failed statement
 * PostgreSQL refuses the rest of the transaction, so a conflict is expected with `on conflict`, never caught.
 */
export interface Database {
  readonly kind: DatabaseKind

  /**
   * Reads outside of a transaction, each query on the last committed state. Using it inside `write` throws:
   * there it would miss the transaction's own changes.
   * @throws DatabaseUnavailable
   */
  readonly read: Reader

  /**
   * Runs `work` in one transaction, the only way to write: commits when it resolves, rolls back and rethrows
   * when it rejects. Await nothing in it but `tx`: every other writer may be waiting. Calling `write` inside
   * `work` throws. On PostgreSQL `work` runs again (up to 3 times) after a deadlock or serialization failure,
   * so it must have no effect but through `tx`; rows that are read to be changed are locked with
   * `forUpdate()`, or changed by a conditional update.
   * @throws DatabaseUnavailable when it did not end within 5 seconds, or what the call has left of them, or
   *   the database failed
   */
  write<T>(work: (tx: Writer) => Promise<T>, options?: WriteOptions): Promise<T>

  /**
   * Writes as `write` does, also on a full disk: for log-ins, log-outs, revocations and removals. On SQLite
   * it uses the space that a file beside the database keeps; PostgreSQL has no such reserve.
   */
  writeFromReserve<T>(work: (tx: Writer) => Promise<T>): Promise<T>

  /**
   * Begins a request of a client. All waits for the database in what is run by the returned function are at
   * most 5 seconds together, then DatabaseUnavailable. Outside of it each read and each write has 5 seconds
   * of its own.
   * @param waitedMs what it waited before, in a queue that a silent database makes long: it has so much less,
   *   but a tenth in any case
   */
  openCall(waitedMs?: number): Run

  /**
   * Waits for a slot of a queue in front of the database. The time counts as waiting for the database.
   * @throws DatabaseUnavailable; a slot that comes later is released
   */
  waitForSlot<T extends Disposable | null>(slot: Promise<T>): Promise<T>

  /**
   * Resolves when the database answers, accepts writes (PostgreSQL) and has exactly the migrations that this
   * code knows. Once it has, newer migrations are accepted too: each works with the release before it, so a
   * process keeps serving while the next release starts. On SQLite, damage that any query has met is damage
   * here until a check of the whole file, which this starts and does not wait for, has found nothing.
   * @throws DatabaseUnavailable
   * @throws SchemaMismatch
   */
  check(): Promise<void>

  /**
   * Waits for running writes, 5 seconds at most, then closes every connection. A second call changes nothing.
   */
  close(): Promise<void>
}

/** What a signed-in user's procedure has of the database: it writes through `ctx.transaction` only. */
export type ReadOnlyDatabase = Omit<Database, 'write' | 'writeFromReserve'>
