import { onServer } from './test-postgres.ts'

/** Returns the keys of the rows that open transactions have locked in a PostgreSQL table, in order. */
export function lockedRows(url: string, table: string, key: string): Promise<string[]> {
  return onServer(async (client) => {
    const query = `select ${key} as key from ${table}`
    const all = await client.query<{ key: string }>(query)
    const free = await client.query<{ key: string }>(`${query} for update skip locked`)
    const freeKeys = new Set(free.rows.map((row) => row.key))
    return all.rows
      .map((row) => row.key)
      .filter((each) => !freeKeys.has(each))
      .toSorted()
  }, url)
}
