import { sql } from 'kysely'
import type { Insertable } from 'kysely'
import type { Reader, Writer } from '../../db/database.ts'
import { lowestId } from '../../id.ts'
import type { AuditEventsTable } from './table.ts'

export async function insertEvent(tx: Writer, row: Insertable<AuditEventsTable>): Promise<void> {
  await tx.insertInto('audit_events').values(row).execute()
}

/**
 * Milliseconds since 1970 UTC of each user's last log-in or sign-up: one step in an index of their own for
 * each.
 */
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

/** Milliseconds since 1970 UTC; undefined without events from before that time. Ids begin with their time. */
export async function findNewestEventTime(
  db: Reader,
  { before }: { before: number },
): Promise<number | undefined> {
  const newest = await db
    .selectFrom('audit_events')
    .select('at')
    .where('id', '<', lowestId(before))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return newest?.at
}

export interface EventFilter {
  event?: string | undefined
  /** The id of the last event on the page before. */
  after: string | undefined
  limit: number
}

/** Newest first. */
export function listEvents(db: Reader, filter: EventFilter) {
  return selectEvents(db, filter).execute()
}

export type FoundEvent = Awaited<ReturnType<typeof listEvents>>[number]

/**
 * What a user did and what was done to them, newest first. Two walks along two indexes, merged: one query
 * with `or` would have to sort everything that either side finds, or pass over the events of everybody else.
 */
export async function listEventsOf(db: Reader, userId: string, filter: EventFilter): Promise<FoundEvent[]> {
  const [done, undergone] = await Promise.all([
    selectEvents(db, filter).where('actor_id', '=', userId).execute(),
    selectEvents(db, filter).where('subject', '=', userId).execute(),
  ])
  const found = new Map([...done, ...undergone].map((event) => [event.id, event]))
  // Ids are hexadecimal and of one length: this order is the database's.
  const events = [...found.values()].toSorted((one, other) => (one.id > other.id ? -1 : 1))
  return events.slice(0, filter.limit)
}

function selectEvents(db: Reader, { event, after, limit }: EventFilter) {
  let query = db.selectFrom('audit_events')
  if (event !== undefined) query = query.where('event', '=', event)
  if (after !== undefined) query = query.where('audit_events.id', '<', after)
  return query
    .selectAll()
    .select((select) => [
      select
        .selectFrom('users')
        .whereRef('users.id', '=', 'audit_events.actor_id')
        .select('username')
        .as('actor_username'),
      select
        .selectFrom('users')
        .whereRef('users.id', '=', 'audit_events.subject')
        .select('username')
        .as('subject_username'),
    ])
    .orderBy('audit_events.id', 'desc')
    .limit(limit)
}

/**
 * Takes address and device from the events that a user caused: what they did, and what somebody did at their
 * account without having signed in. What an administrator did to them shows the administrator's address and
 * stays.
 */
export async function blankEvents(tx: Writer, userId: string): Promise<void> {
  const blank = { ip: null, user_agent: null }
  await tx.updateTable('audit_events').set(blank).where('actor_id', '=', userId).execute()
  await tx
    .updateTable('audit_events')
    .set(blank)
    .where('subject', '=', userId)
    .where('actor_kind', '=', 'anonymous')
    .execute()
}

interface Sweep {
  before: number
  /** Nothing is removed unless there is an event from this time: it shows that time has really passed. */
  witness: { from: number; before: number }
  limit: number
}

/**
 * Removes a few events from before that time. Ids begin with their time, so the oldest stand first in the
 * primary key.
 */
export async function sweepEvents(tx: Writer, { before, witness, limit }: Sweep): Promise<void> {
  await tx
    // Materialized, so that no plan runs the select again for each row: it would choose other rows each time.
    .with(
      (cte) => cte('old').materialized(),
      (db) =>
        db
          .selectFrom('audit_events')
          .select('id')
          .where('id', '<', lowestId(before))
          .where(({ exists, selectFrom }) =>
            exists(
              selectFrom('audit_events as witness')
                .select('witness.id')
                .where('witness.id', '>=', lowestId(witness.from))
                .where('witness.id', '<', lowestId(witness.before)),
            ),
          )
          .orderBy('id')
          .limit(limit)
          // Calls side by side need not wait for each other, nor remove the same ones.
          .forUpdate()
          .skipLocked(),
    )
    .deleteFrom('audit_events')
    .where('id', 'in', ({ selectFrom }) => selectFrom('old').select('old.id'))
    .execute()
}
