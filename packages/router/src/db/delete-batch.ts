import { sql } from 'kysely'
import type { SelectQueryBuilder } from 'kysely'
import type { Writer } from './database.ts'
import type { Tables } from './tables.ts'

type Rows<T extends keyof Tables> = SelectQueryBuilder<Tables, T, object>

/**
 * Deletes the rows that `choose` selects. It must limit their number, because other writers wait for the
 * transaction. Skips locked rows, so concurrent calls neither wait for each other nor delete the same rows.
 * @param key the primary key of the table
 * @returns how many
 */
export async function deleteBatch<T extends keyof Tables>(
  tx: Writer,
  table: T,
  key: keyof Tables[T] & string,
  choose: (rows: Rows<T>) => Rows<T>,
): Promise<number> {
  // Sound: both casts change only the types, which Kysely cannot infer for a type parameter.
  const rows = tx.selectFrom(table) as unknown as Rows<T>
  const { numDeletedRows } = await tx
    // Materialized, because some plans would run the select again for each row and choose other rows each
    // time.
    .with(
      (cte) => cte('batch').materialized(),
      () => choose(rows).select(sql.ref(key).as('key')).forUpdate().skipLocked(),
    )
    .deleteFrom(table as 'sessions')
    .where(({ eb, selectFrom }) => eb(sql.ref(key), 'in', selectFrom('batch').select('batch.key')))
    .executeTakeFirst()
  return Number(numDeletedRows)
}
