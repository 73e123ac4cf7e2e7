import type { Kysely, Transaction } from 'kysely'
import type { QueueCaller } from '../fair-order.ts'
import type { Tables } from './tables.ts'
import type { Run } from './wait-budget.ts'

/** The first parameter of store functions that only read. A `Writer` is a `Reader` too. */
export type Reader = Pick<Kysely<Tables>, 'selectFrom'>

/** The first parameter of store functions that write. Only `Database.write` makes one. */
export type Writer = Pick<
  Transaction<Tables>,
  'selectFrom' | 'insertInto' | 'updateTable' | 'deleteFrom' | 'with'
>

export interface WriteOptions {
  /**
   * The part of the 4.5 seconds, from 0 to 1, that this write may wait. For writes that the call can do
   * without.
   */
  readonly share?: number
  /** See `writeFromReserve`. */
  readonly usesReserve?: boolean
}

export type DatabaseKind = 'sqlite' | 'postgres'

/**
 * The port between the features and the database.
 *
 * Both kinds behave alike: integers are numbers, text is compared and ordered by its UTF-8 bytes,
 * `strpos(text, part)` finds a part, and every query may use `for update` (left out on SQLite, which has one
 * writer at a time). One difference remains: after a failed statement PostgreSQL rejects the rest of the
 * transaction. So handle a conflict with `on conflict`; never catch it.
 */
export interface Database {
  readonly kind: DatabaseKind

  /**
   * Reads outside of a transaction; each query sees the last committed state. Throws inside `write`, where it
   * would miss the transaction's own changes.
   * @throws DatabaseUnavailable
   */
  readonly read: Reader

  /**
   * Runs `work` in one transaction, the only way to write: commits when it resolves, rolls back and rethrows
   * when it rejects. Await only `tx` in it: all other writers may be waiting. Calling `write` inside `work`
   * throws.
   *
   * On PostgreSQL `work` runs again, up to 3 times, after a deadlock or serialization failure. So it must
   * have no effect but through `tx`. Lock rows that you read and then change with `forUpdate()`, or change
   * them by a conditional update.
   * @throws DatabaseUnavailable when it did not end within 4.5 seconds, or within what the call has left of
   * them, or the database failed
   */
  write<T>(work: (tx: Writer) => Promise<T>, options?: WriteOptions): Promise<T>

  /**
   * Writes as `write` does, even on a full disk: for log-ins, log-outs, revocations and removals. On SQLite
   * it uses the space that a file beside the database reserves; PostgreSQL has no such reserve.
   */
  writeFromReserve<T>(work: (tx: Writer) => Promise<T>): Promise<T>

  /**
   * Begins a request of a client. All waits for the database inside the returned function last at most 4.5
   * seconds together; then it throws DatabaseUnavailable. Outside of it each read and each write may wait 4.5
   * seconds.
   * @param waitedMs what the request already waited in a queue that an unresponsive database makes long; it
   * is subtracted from the budget, of which at least a tenth is left
   * @param caller returns the caller to whom the writes are charged; those of different callers take turns.
   * Default: the server itself
   */
  openCall(waitedMs?: number, caller?: () => QueueCaller): Run

  /**
   * Waits for a slot of a queue in front of the database. The time counts as waiting for the database.
   * @throws DatabaseUnavailable; a slot that comes later is released
   */
  waitForSlot<T extends Disposable | null>(slot: Promise<T>): Promise<T>

  /**
   * Begins to measure for how long the call uses this thread, without its waits for the database.
   * @returns a function that returns the milliseconds until now
   */
  measureUse(): () => number

  /**
   * Resolves when the database answers, accepts writes (PostgreSQL) and has exactly the migrations of this
   * code. After the first success newer migrations are accepted too: each works with the release before
   * it, so a process keeps serving while the next release starts.
   *
   * On SQLite it throws after any query met damage. It then starts a check of the whole file, does not wait
   * for it, and throws until a check finds no damage.
   * @throws DatabaseUnavailable
   * @throws SchemaMismatch
   */
  check(): Promise<void>

  /**
   * Waits for running writes, 4.5 seconds at most, then closes every connection. A second call changes
   * nothing.
   */
  close(): Promise<void>
}

/** The database as a signed-in user's procedure sees it: it writes through `ctx.transaction` only. */
export type ReadOnlyDatabase = Omit<Database, 'write' | 'writeFromReserve'>
