import { andThen } from '../../../awaitable.ts'
import type { Reader } from '../../../db/database.ts'
import { prepareQuery } from '../../../db/prepared-query.ts'
import { userColumns, userOf } from '../../../db/tables.ts'

const readSession = prepareQuery((db, value: (name: 'sessionId') => string) =>
  db
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    // A user has at most one of each.
    .leftJoin('emails as verified', (join) =>
      join.onRef('verified.user_id', '=', 'users.id').on('verified.verified_at', 'is not', null),
    )
    .leftJoin('emails as pending', (join) =>
      join.onRef('pending.user_id', '=', 'users.id').on('pending.verified_at', 'is', null),
    )
    .where('sessions.id', '=', value('sessionId'))
    .select(userColumns)
    .select([
      // Renamed, because the user has a column of the same name.
      'sessions.created_at as session_created_at',
      'sessions.token_hash',
      'sessions.last_seen_at',
      'sessions.idle_until',
      'sessions.ends_at',
      'sessions.remembered',
      'sessions.authenticated_at',
      'sessions.amr',
      'sessions.factor_id',
      'sessions.ip',
      'sessions.user_agent',
      'verified.address as verified_address',
      'verified.verified_at',
      'pending.address as pending_address',
    ]),
)

/**
 * Reads a session, its user and their addresses in one indexed read, so that role, disabled state and
 * revocation are current.
 */
export function findSession(db: Reader, sessionId: string) {
  return andThen(readSession(db, { sessionId }), ([row]) => row && toSession(row, sessionId))
}

type Row = Awaited<ReturnType<typeof readSession>>[number]

function toSession(row: Row, sessionId: string) {
  const address = row.verified_address ?? row.pending_address
  const email =
    address === null ? undefined : { address, verified_at: row.verified_at, pending: row.pending_address }
  const user = userOf(row)
  // Field by field: a rest pattern would cost more than the query.
  return {
    id: sessionId,
    user_id: user.id,
    token_hash: row.token_hash,
    created_at: row.session_created_at,
    last_seen_at: row.last_seen_at,
    idle_until: row.idle_until,
    ends_at: row.ends_at,
    remembered: row.remembered,
    authenticated_at: row.authenticated_at,
    amr: row.amr,
    factor_id: row.factor_id,
    ip: row.ip,
    user_agent: row.user_agent,
    user,
    email,
  }
}

export type SessionWithUser = ReturnType<typeof toSession>
