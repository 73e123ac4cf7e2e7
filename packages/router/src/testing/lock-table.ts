import pg from 'pg'

/**
 * Locks a PostgreSQL table against every other session, as an open migration does, until the end of the
 * block.
 */
export async function lockTable(url: string, table: 'audit_events' | 'sessions'): Promise<AsyncDisposable> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`begin; lock table ${table} in access exclusive mode`)
  return { [Symbol.asyncDispose]: () => client.end() }
}
