import type { Insertable } from 'kysely'
import type { Reader, Writer } from '../../db/database.ts'
import { userColumns } from '../../db/tables.ts'
import { isAlive, whereAlive } from './alive.ts'
import type { SessionRow, SessionsTable } from './table.ts'

/** What its owner sees of a session. */
const shownColumns = [
  'id',
  'created_at',
  'last_seen_at',
  'idle_until',
  'ends_at',
  'ip',
  'user_agent',
] as const

export type ShownSession = Pick<SessionRow, (typeof shownColumns)[number]>

/**
 * Reads a session and its user in one indexed read: role, disabled state and revocation are those of this
 * moment.
 */
export async function findSession(db: Reader, sessionId: string) {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .where('sessions.id', '=', sessionId)
    .select(userColumns)
    .select([
      // The user's columns of these names come with them.
      'sessions.id as session_id',
      'sessions.created_at as session_created_at',
      'sessions.token_hash',
      'sessions.last_seen_at',
      'sessions.idle_until',
      'sessions.ends_at',
      'sessions.remembered',
      'sessions.authenticated_at',
      'sessions.amr',
      'sessions.ip',
      'sessions.user_agent',
    ])
    .executeTakeFirst()
  if (row === undefined) return undefined
  const {
    session_id: id,
    session_created_at: created_at,
    token_hash,
    last_seen_at,
    idle_until,
    ...rest
  } = row
  const { ends_at, remembered, authenticated_at, amr, ip, user_agent, ...user } = rest
  const session = { id, user_id: user.id, token_hash, created_at, last_seen_at, idle_until, ends_at }
  return { ...session, remembered, authenticated_at, amr, ip, user_agent, user }
}

export type SessionWithUser = NonNullable<Awaited<ReturnType<typeof findSession>>>

/** Reads what a stream looks at: whether the session goes on, and what pages show of its user. */
export async function findSessionState(db: Reader, { sessionId, now }: { sessionId: string; now: number }) {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .innerJoin(
      (select) => select.selectFrom('sessions').where(whereAlive(now)).select(['id', 'user_id']).as('alive'),
      (join) => join.onRef('alive.user_id', '=', 'sessions.user_id'),
    )
    .where('sessions.id', '=', sessionId)
    .select(userColumns)
    .select(({ fn }) => [
      'sessions.created_at as session_created_at',
      'sessions.token_hash',
      'sessions.idle_until',
      'sessions.ends_at',
      'sessions.authenticated_at',
      fn.count<number>('alive.id').as('sessions'),
      fn.max('alive.id').as('newest'),
    ])
    .groupBy(['sessions.id', 'users.id'])
    .executeTakeFirst()
  if (row === undefined) return undefined
  const { session_created_at: created_at, token_hash, idle_until, ends_at, ...rest } = row
  const { authenticated_at, sessions, newest, ...user } = rest
  return { created_at, token_hash, idle_until, ends_at, authenticated_at, sessions, newest, user }
}

export type SessionState = NonNullable<Awaited<ReturnType<typeof findSessionState>>>

/** Those that are alive, newest first; at most as many as a user may have. */
export function listSessions(db: Reader, { userId, now }: { userId: string; now: number }) {
  return db
    .selectFrom('sessions')
    .where('user_id', '=', userId)
    .where(whereAlive(now))
    .select(shownColumns)
    .orderBy('id', 'desc')
    .execute()
}

export async function insertSession(tx: Writer, row: Insertable<SessionsTable>): Promise<void> {
  await tx.insertInto('sessions').values(row).execute()
}

/** @returns whether this call moved the limit: of several at once, one does */
export async function extendSession(
  tx: Writer,
  session: { id: string; tokenHash: string; seenBefore: number },
  change: { last_seen_at: number; idle_until: number },
): Promise<boolean> {
  const result = await tx
    .updateTable('sessions')
    .set(change)
    .where('id', '=', session.id)
    .where('token_hash', '=', session.tokenHash)
    .where('last_seen_at', '<=', session.seenBefore)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/**
 * Puts a new token in the place of the old one.
 * @returns false when the session ended or changed its token meanwhile
 */
export async function replaceToken(
  tx: Writer,
  session: { id: string; tokenHash: string },
  change: {
    token_hash: string
    last_seen_at: number
    idle_until: number
    authenticated_at?: number
  },
): Promise<boolean> {
  const result = await tx
    .updateTable('sessions')
    .set(change)
    .where('id', '=', session.id)
    .where('token_hash', '=', session.tokenHash)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/**
 * For the beginning of every transaction in which somebody acts who is signed in: the guard looked before the
 * transaction had its turn, and what ends sessions or the account waits from here on for its end.
 * @returns whether the session is still there, with the token that the call came with
 */
export async function lockSession(
  tx: Writer,
  { id, user_id: userId, token_hash: tokenHash }: Pick<SessionRow, 'id' | 'user_id' | 'token_hash'>,
): Promise<boolean> {
  // The owner first: two devices that end each other would wait for each other.
  await tx.selectFrom('users').select('id').where('id', '=', userId).forUpdate().execute()
  const session = await tx
    .selectFrom('sessions')
    .select('id')
    .where('id', '=', id)
    .where('token_hash', '=', tokenHash)
    .forUpdate()
    .executeTakeFirst()
  return session !== undefined
}

/** @returns whether it was there */
export async function deleteSession(tx: Writer, sessionId: string): Promise<boolean> {
  const result = await tx.deleteFrom('sessions').where('id', '=', sessionId).executeTakeFirst()
  return result.numDeletedRows === 1n
}

/** @returns how many of them were still alive */
export async function deleteOtherSessions(
  tx: Writer,
  { userId, keep, now }: { userId: string; keep: string; now: number },
): Promise<number> {
  const rows = await tx
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .where('id', '!=', keep)
    .returning(['idle_until', 'ends_at', 'created_at'])
    .execute()
  return rows.filter((row) => isAlive(row, now)).length
}

/**
 * Ends one live session of the user: an id alone is no key to other people's.
 * @returns whether it was there and alive
 */
export async function deleteOwnSession(
  tx: Writer,
  { id, userId, now }: { id: string; userId: string; now: number },
): Promise<boolean> {
  const result = await tx
    .deleteFrom('sessions')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where(whereAlive(now))
    .executeTakeFirst()
  return result.numDeletedRows === 1n
}

/** @returns how many of them were still alive */
export async function deleteAllSessions(
  tx: Writer,
  { userId, now }: { userId: string; now: number },
): Promise<number> {
  const rows = await tx
    .deleteFrom('sessions')
    .where('user_id', '=', userId)
    .returning(['idle_until', 'ends_at', 'created_at'])
    .execute()
  return rows.filter((row) => isAlive(row, now)).length
}

/** Ends the user's oldest sessions beyond the `newest` ones. */
export async function trimSessions(tx: Writer, userId: string, newest: number): Promise<void> {
  const surplus = tx
    .selectFrom('sessions')
    .select('id')
    .where('user_id', '=', userId)
    .orderBy('id', 'desc')
    .limit(1_000)
    .offset(newest)
  await tx.deleteFrom('sessions').where('id', 'in', surplus).execute()
}

/**
 * Removes a few sessions that are over, whoever they belonged to: every new one sweeps up more than it adds.
 */
export async function sweepSessions(tx: Writer, now: number, limit: number): Promise<void> {
  await tx
    // Materialized: see `sweepEvents`.
    .with(
      (cte) => cte('over').materialized(),
      (db) =>
        db
          .selectFrom('sessions')
          .select('id')
          .where('ends_at', '<=', now)
          .orderBy('ends_at')
          .limit(limit)
          .forUpdate()
          .skipLocked(),
    )
    .deleteFrom('sessions')
    .where('id', 'in', ({ selectFrom }) => selectFrom('over').select('over.id'))
    .execute()
}
