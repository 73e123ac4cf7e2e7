import { openPostgresInsert } from './bulk-insert-postgres.ts'
import { openSqliteInsert } from './bulk-insert-sqlite.ts'
import type { BulkInsert } from './bulk-insert.ts'

export async function openBulkInsert(url: string): Promise<BulkInsert> {
  return url.startsWith('file:') ? openSqliteInsert(url.slice('file:'.length)) : openPostgresInsert(url)
}
