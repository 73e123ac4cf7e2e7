import type { AuditEventName } from '@app/contract'
import { sql } from 'kysely'
import type { ExpressionBuilder, Insertable } from 'kysely'
import type { Reader, Writer } from '../../db/database.ts'
import { deleteBatch } from '../../db/delete-batch.ts'
import { executeLater } from '../../db/execute-later.ts'
import type { Tables } from '../../db/tables.ts'
import { aboveAllIds, lowestId, timeOfId } from '../../id.ts'
import type { AuditEventsTable } from './table.ts'

export async function insertEvent(tx: Writer, row: Insertable<AuditEventsTable>): Promise<void> {
  await executeLater(tx, tx.insertInto('audit_events').values(row))
}

/**
 * Returns each user's last log-in or sign-up, in milliseconds since 1970 UTC. Reads no row: an id begins with
 * its time, and the index has the ids.
 */
export async function findLastLogins(db: Reader, userIds: readonly string[]): Promise<Map<string, number>> {
  // Both databases name the column so.
  const values = sql<{ column1: string }>`(values ${sql.join(userIds.map((id) => sql`(${id})`))})`
  const rows = await db
    .selectFrom(values.as('wanted'))
    .select((select) => [
      'wanted.column1 as userId',
      lastEventId(select, 'login').as('login'),
      lastEventId(select, 'signup').as('signup'),
    ])
    .execute()
  return new Map(
    rows.flatMap(({ userId, login, signup }) => {
      const times = [login, signup].flatMap((id) => (id === null ? [] : [timeOfId(id)]))
      return times.length === 0 ? [] : [[userId, Math.max(...times)]]
    }),
  )
}

/**
 * Reads one index entry, the last below the end of the user's events of this kind, and ignores it if its user
 * or kind differs (docs/decisions/0122-last-log-ins-are-one-entry-of-an-index.md). With equality conditions,
 * PostgreSQL scans the newest events of all users when its sample has hardly any other user.
 */
function lastEventId(
  { selectFrom, ref }: ExpressionBuilder<Tables & { wanted: { column1: string } }, 'wanted'>,
  event: AuditEventName,
) {
  const userId = ref('wanted.column1')
  return selectFrom((inner) =>
    inner
      .selectFrom('audit_events')
      .select(['subject', 'event', 'id'])
      .where(sql<boolean>`(subject, event, id) < (${userId}, ${event}, ${aboveAllIds})`)
      .orderBy('subject', 'desc')
      .orderBy('event', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .as('newest'),
  )
    .where('newest.subject', '=', userId)
    .where('newest.event', '=', event)
    .select('newest.id')
}

/**
 * Returns milliseconds since 1970 UTC; undefined without events before that time. Ids begin with their time.
 */
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
  /** The access token that acted, or that was created or revoked. */
  tokenId?: string | undefined
  /** The id of the last event of the previous page. */
  after: string | undefined
  limit: number
}

/** Lists events, newest first. */
export function listEvents(db: Reader, filter: EventFilter) {
  return selectEvents(db, filter).execute()
}

export type FoundEvent = Awaited<ReturnType<typeof listEvents>>[number]

/**
 * Lists what a user did and what happened to the user, newest first. Merges the results of two indexes: one
 * query with `or` would sort everything that matches, or scan the events of all other users.
 */
export async function listEventsOf(db: Reader, userId: string, filter: EventFilter): Promise<FoundEvent[]> {
  const [done, undergone] = await Promise.all([
    selectEvents(db, filter, { column: 'actor_id', userId }).execute(),
    selectEvents(db, filter, { column: 'subject', userId }).execute(),
  ])
  const found = new Map([...done, ...undergone].map((event) => [event.id, event]))
  // Ids are hexadecimal and of equal length, so this is the order of the database.
  const events = [...found.values()].toSorted((one, other) => (one.id > other.id ? -1 : 1))
  return events.slice(0, filter.limit)
}

interface OfUser {
  column: 'actor_id' | 'subject'
  userId: string
}

function selectEvents(db: Reader, { event, tokenId, after, limit }: EventFilter, ofUser?: OfUser) {
  let query = db.selectFrom('audit_events')
  if (ofUser !== undefined) query = query.where(ofUser.column, '=', ofUser.userId)
  if (tokenId !== undefined) query = query.where('token_id', '=', tokenId)
  // Only the indexes of users and tokens have the column, so that PostgreSQL uses no other for these
  // (docs/decisions/0107-index-of-events-on-an-expression.md).
  const isOfAll = ofUser === undefined && tokenId === undefined
  if (event !== undefined) query = query.where(isOfAll ? sql`event || ''` : 'event', '=', event)
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

interface Sweep {
  before: number
  /** Events are deleted only if one exists from this time: it proves that time has really passed. */
  witness: { from: number; before: number }
  limit: number
}

/**
 * Deletes a few events before that time. Ids begin with their time, so the oldest come first in the primary
 * key.
 */
export async function sweepEvents(tx: Writer, { before, witness, limit }: Sweep): Promise<void> {
  await deleteBatch(tx, 'audit_events', 'id', (rows) =>
    rows
      .where('id', '<', lowestId(before))
      // Not `exists`: SQLite would read the witness first, and sort all events that are due.
      .where(
        ({ selectFrom }) =>
          selectFrom('audit_events as witness')
            .select('witness.id')
            .where('witness.id', '>=', lowestId(witness.from))
            .where('witness.id', '<', lowestId(witness.before))
            .orderBy('witness.id')
            .limit(1),
        'is not',
        null,
      )
      .orderBy('id')
      .limit(limit),
  )
}
