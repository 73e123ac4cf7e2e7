import type { Reader } from '../../../db/database.ts'
import { prepareQuery } from '../../../db/prepared-query.ts'
import { userColumns } from '../../../db/tables.ts'

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
export async function findSession(db: Reader, sessionId: string) {
  const [row] = await readSession(db, { sessionId })
  if (row === undefined) return undefined
  const {
    session_id: id,
    session_created_at: created_at,
    token_hash,
    last_seen_at,
    idle_until,
    ...rest
  } = row
  const { ends_at, remembered, authenticated_at, amr, factor_id, ip, user_agent, ...ofUser } = rest
  const { verified_address, verified_at, pending_address: pending, ...user } = ofUser
  const address = verified_address ?? pending
  const email = address === null ? undefined : { address, verified_at, pending }
  const session = { id, user_id: user.id, token_hash, created_at, last_seen_at, idle_until, ends_at }
  return { ...session, remembered, authenticated_at, amr, factor_id, ip, user_agent, user, email }
}

export type SessionWithUser = NonNullable<Awaited<ReturnType<typeof findSession>>>
