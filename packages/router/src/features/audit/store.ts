import { sql, type Insertable } from 'kysely'

import type { Reader, Writer } from '../../db/database.ts'
import type { AuditEventsTable } from './table.ts'

export async function insertEvent(tx: Writer, row: Insertable<AuditEventsTable>): Promise<void> {
  await tx.insertInto('audit_events').values(row).execute()
}

/** Milliseconds since 1970 UTC of each user's last log-in or sign-up: one step in an index of their own for each. */
export async function findLastLogins(db: Reader, userIds: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('users')
    .where('users.id', 'in', userIds)
    .select((select) => [
      'users.id',
      select
        .selectFrom('audit_events')
        .whereRef('subject', '=', 'users.id')
        // Spelled out, because parameters keep SQLite from using the index.
        .where('event', 'in', [sql.lit('login'), sql.lit('signup')])
        .select('at')
        .orderBy('audit_events.id', 'desc')
        .limit(1)
        .as('at'),
    ])
    .execute()
  return new Map(rows.flatMap((row) => (row.at === null ? [] : [[row.id, row.at]])))
}
