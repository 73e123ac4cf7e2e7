import type { Database, Writer } from './db/database.ts'

export interface TransactionOptions {
  /** See `Database.writeFromReserve`. */
  readonly usesReserve?: boolean
  /** Takes locks that come before the acting user and session in the lock order. */
  readonly lockFirst?: (tx: Writer) => Promise<unknown>
}

/** Writes as `Database.write` does, after checking again that the user may act. */
export type GuardedTransaction = <T>(
  work: (tx: Writer) => Promise<T>,
  options?: TransactionOptions,
) => Promise<T>

/**
 * Makes the `ctx.transaction` of a guard. A guard reads before the transaction starts, which can take 5
 * seconds. In between, the session can end and the role can change
 * (docs/decisions/0038-guards-open-transactions.md).
 * @param lockActor locks the rows that let the caller act, and throws the guard's failure if they changed
 */
export function guardedTransaction(
  db: Database,
  lockActor: (tx: Writer) => Promise<void>,
): GuardedTransaction {
  return (work, { usesReserve = false, lockFirst } = {}) =>
    db.write(
      async (tx) => {
        await lockFirst?.(tx)
        await lockActor(tx)
        return work(tx)
      },
      { usesReserve },
    )
}
