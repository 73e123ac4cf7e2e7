import type { Insertable } from 'kysely'
import type { Reader, Writer } from '../../db/database.ts'
import { userColumns } from '../../db/tables.ts'
import { isAlive, whereAlive } from './alive.ts'
import type { SessionRow, SessionsTable } from './table.ts'

/** The columns that the session's user sees. */
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
 * Reads a session and its user in one indexed read, so that role, disabled state and revocation are current.
 */
export async function findSession(db: Reader, sessionId: string) {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .where('sessions.id', '=', sessionId)
    .select(userColumns)
    .select([
      // Renamed, because the user has columns of the same names.
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

/** Reads the state that a stream compares: whether the session is alive, and what pages show of its user. */
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

/** Lists the live sessions, newest first; at most as many as a user may have. */
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

/** @returns whether this call extended the session: of several simultaneous calls, one does */
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
 * Replaces the token of a session.
 * @returns false when the session ended or changed its token before
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
 * Locks the user and the session, and checks the session again: it may have ended since the guard read it.
 * Begins every transaction of a signed-in user. Calls that end the session or the account wait until it ends.
 * @returns whether the session still exists, with the token of the request
 */
export async function lockSession(
  tx: Writer,
  { id, user_id: userId, token_hash: tokenHash }: Pick<SessionRow, 'id' | 'user_id' | 'token_hash'>,
): Promise<boolean> {
  // Locks the user first: otherwise two devices that end each other's sessions would deadlock.
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

/** @returns whether it existed */
export async function deleteSession(tx: Writer, sessionId: string): Promise<boolean> {
  const result = await tx.deleteFrom('sessions').where('id', '=', sessionId).executeTakeFirst()
  return result.numDeletedRows === 1n
}

/** @returns how many of them were alive */
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
 * Ends one live session of the user. Matches the user too: an id alone must not give access to the session of
 * another user.
 * @returns whether it existed and was alive
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

/** @returns how many of them were alive */
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

/** Deletes a few ended sessions of any users: every new session sweeps more than it adds. */
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
