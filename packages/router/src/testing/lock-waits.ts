import type { Database } from '../db/database.ts'
import { openDatabase } from '../db/open-database.ts'
import { onServer } from './test-postgres.ts'

/** Returns how many locks connections of a PostgreSQL database wait for. */
export async function waitingLocks(url: string): Promise<number> {
  const query = `select count(*)::int as waiting from pg_locks
    where not granted and pid in (select pid from pg_stat_activity where datname = current_database())`
  const { rows } = await onServer((client) => client.query<{ waiting: number }>(query), url)
  return rows[0]?.waiting ?? 0
}

/** Opens a test database a second time, as another server does. */
export async function openAgain(url: string): Promise<Database & AsyncDisposable> {
  const db = await openDatabase(url, { durable: false })
  return { ...db, [Symbol.asyncDispose]: () => db.close() }
}
