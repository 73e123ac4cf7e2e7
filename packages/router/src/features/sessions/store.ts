import type { DeleteQueryBuilder, DeleteResult, Insertable } from 'kysely'
import { andThen } from '../../awaitable.ts'
import type { Awaitable } from '../../awaitable.ts'
import type { Reader, Writer } from '../../db/database.ts'
import { executeLater } from '../../db/execute-later.ts'
import { prepareQuery } from '../../db/prepared-query.ts'
import { userColumns } from '../../db/tables.ts'
import type { Tables } from '../../db/tables.ts'
import { isAlive, latestStart, whereAlive } from './alive.ts'
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
  'amr',
  'factor_id',
] as const

export type ShownSession = Pick<SessionRow, (typeof shownColumns)[number]>

const readState = prepareQuery((db, value: (name: 'sessionId' | 'now' | 'startsBy') => string | number) =>
  db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .innerJoin(
      (select) =>
        select
          .selectFrom('sessions')
          .where(whereAlive(value('now') as number, value('startsBy') as number))
          .select(['id', 'user_id'])
          .as('alive'),
      (join) => join.onRef('alive.user_id', '=', 'sessions.user_id'),
    )
    .where('sessions.id', '=', value('sessionId') as string)
    .select(userColumns)
    .select(({ fn, selectFrom }) => [
      // Each change of an address adds or removes a row.
      selectFrom('emails')
        .whereRef('emails.user_id', '=', 'users.id')
        .select((email) => email.fn.countAll<number>().as('count'))
        .as('emails'),
      selectFrom('emails')
        .whereRef('emails.user_id', '=', 'users.id')
        .select((email) => email.fn.max('emails.id').as('newest'))
        .as('newest_email'),
      'sessions.created_at as session_created_at',
      'sessions.token_hash',
      'sessions.idle_until',
      'sessions.ends_at',
      'sessions.authenticated_at',
      'sessions.factor_id',
      fn.count<number>('alive.id').as('sessions'),
      fn.max('alive.id').as('newest'),
    ])
    .groupBy(['sessions.id', 'users.id']),
)

/** Reads the state that a stream compares: whether the session is alive, and what pages show of its user. */
export function findSessionState(
  db: Reader,
  { sessionId, now }: { sessionId: string; now: number },
): Awaitable<SessionState | undefined> {
  const read = readState(db, { sessionId, now, startsBy: latestStart(now) })
  return andThen(read, ([row]) => (row === undefined ? undefined : toState(row)))
}

function toState(row: Awaited<ReturnType<typeof readState>>[number]) {
  const { session_created_at: created_at, token_hash, idle_until, ends_at, ...rest } = row
  const { authenticated_at, factor_id, sessions, newest, emails, newest_email, ...user } = rest
  const session = { created_at, token_hash, idle_until, ends_at, authenticated_at, factor_id }
  return { ...session, sessions, newest, emails, newest_email, user }
}

export type SessionState = ReturnType<typeof toState>

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
  await executeLater(tx, tx.insertInto('sessions').values(row))
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
    amr?: string
    factor_id?: string
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

const lockOwner = prepareQuery((tx, value: (name: 'userId') => string) =>
  tx.selectFrom('users').select('id').where('id', '=', value('userId')).forUpdate(),
)

const lockRow = prepareQuery((tx, value: (name: 'id' | 'tokenHash') => string) =>
  tx
    .selectFrom('sessions')
    .select('factor_id')
    .where('id', '=', value('id'))
    .where('token_hash', '=', value('tokenHash'))
    .forUpdate(),
)

/**
 * Locks the user and the session, and checks the session again: it may have ended since the guard read it.
 * Begins every transaction of a signed-in user. Calls that end the session or the account wait until it ends.
 * @param options `needsFactor`: the session must still be at level 2
 * @returns whether the session still exists, with the token of the request
 */
export async function lockSession(
  tx: Writer,
  { id, user_id: userId, token_hash: tokenHash }: Pick<SessionRow, 'id' | 'user_id' | 'token_hash'>,
  { needsFactor = false }: { needsFactor?: boolean } = {},
): Promise<boolean> {
  // Locks the user first: otherwise two devices that end each other's sessions would deadlock.
  await lockOwner(tx, { userId })
  const [session] = await lockRow(tx, { id, tokenHash })
  return session !== undefined && (!needsFactor || session.factor_id !== null)
}

/** @returns whether it existed */
export async function deleteSession(tx: Writer, sessionId: string): Promise<boolean> {
  const result = await tx.deleteFrom('sessions').where('id', '=', sessionId).executeTakeFirst()
  return result.numDeletedRows === 1n
}

/** @returns how many of them were alive */
export function deleteOtherSessions(
  tx: Writer,
  { userId, keep, now }: { userId: string; keep: string; now: number },
): Promise<number> {
  const others = tx.deleteFrom('sessions').where('user_id', '=', userId).where('id', '!=', keep)
  return countDeleted(others, now)
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

/** Ends the user's other sessions that a factor carries. @returns how many of them were alive */
export function deleteOtherSessionsOfFactor(
  tx: Writer,
  { factorId, keep, now }: { factorId: string; keep: string; now: number },
): Promise<number> {
  const others = tx.deleteFrom('sessions').where('factor_id', '=', factorId).where('id', '!=', keep)
  return countDeleted(others, now)
}

/** @returns how many of them were alive */
export function deleteAllSessions(
  tx: Writer,
  { userId, now }: { userId: string; now: number },
): Promise<number> {
  return countDeleted(tx.deleteFrom('sessions').where('user_id', '=', userId), now)
}

/** Runs the deletion. @returns how many of the sessions were alive */
async function countDeleted(
  deletion: DeleteQueryBuilder<Tables, 'sessions', DeleteResult>,
  now: number,
): Promise<number> {
  const rows = await deletion.returning(['idle_until', 'ends_at', 'created_at']).execute()
  return rows.filter((row) => isAlive(row, now)).length
}
