import { userLimits } from '@app/contract'
import type { AuthMethod, Session } from '@app/contract'
import type { Writer } from '../../db/database.ts'
import { newId } from '../../id.ts'
import { toInstant } from '../../ports/clock.ts'
import type { Clock } from '../../ports/clock.ts'
import type { SessionWithUser } from './current/store.ts'
import { amrOf, levelOf, methodsOf } from './level.ts'
import { insertSession, replaceToken } from './store.ts'
import type { ShownSession } from './store.ts'
import { sweepSessions, trimSessions } from './sweep/store.ts'
import { newTokenId, tokenHash } from './token.ts'
import type { SessionClaims } from './token.ts'

/** The idle and absolute expiry of sessions (ASVS 5.0 7.3.1, 7.3.2). */
export interface SessionTimeouts {
  idleMs: number
  absoluteMs: number
  rememberedIdleMs: number
  rememberedAbsoluteMs: number
}

interface SessionDeps {
  clock: Clock
  settings: { sessionTimeouts: SessionTimeouts }
  request: { ip: string | null; userAgent: string | null }
}

/** A token for the cookie, to be set once its row is committed. */
export interface IssuedToken {
  claims: SessionClaims
  remembered: boolean
}

export interface NewSession {
  userId: string
  remembered: boolean
  methods: readonly AuthMethod[]
  /** The second factor that carries the session at level 2; null for level 1. */
  factorId: string | null
}

/** Opens a session for a verified user. Call it inside the transaction that checked the verification. */
export async function startSession(
  tx: Writer,
  { clock, settings, request }: SessionDeps,
  { userId, remembered, methods, factorId }: NewSession,
): Promise<IssuedToken> {
  const now = clock()
  const absoluteMs = remembered
    ? settings.sessionTimeouts.rememberedAbsoluteMs
    : settings.sessionTimeouts.absoluteMs
  const endsAt = now + absoluteMs
  const idleUntil = idleLimit(settings.sessionTimeouts, { remembered, endsAt, now })
  const id = newId(now)
  const tokenId = newTokenId()
  await sweepSessions(tx, now, 10)
  await insertSession(tx, {
    id,
    user_id: userId,
    token_hash: tokenHash(tokenId),
    created_at: now,
    last_seen_at: now,
    idle_until: idleUntil,
    ends_at: endsAt,
    remembered: remembered ? 1 : 0,
    authenticated_at: now,
    amr: amrOf(methods),
    factor_id: factorId,
    ip: request.ip,
    user_agent: request.userAgent,
  })
  await trimSessions(tx, userId, userLimits.sessions)
  return { remembered, claims: { userId, sessionId: id, tokenId, issuedAt: now, expiresAt: idleUntil } }
}

/** A new proof of the user in a session. */
interface Reauthentication {
  /** Milliseconds since 1970 UTC. */
  at: number
  method: AuthMethod
  /** The second factor that proved it, which raises the session to level 2; null: the level stays. */
  factorId: string | null
}

/** Gives a locked session a new token. The old one is invalid from the commit on (ASVS 5.0 7.2.4). */
export async function reissueToken(
  tx: Writer,
  { clock, settings }: SessionDeps,
  session: SessionWithUser,
  verified?: Reauthentication,
): Promise<IssuedToken> {
  const now = clock()
  const remembered = session.remembered === 1
  const idleUntil = idleLimit(settings.sessionTimeouts, { remembered, endsAt: session.ends_at, now })
  const tokenId = newTokenId()
  const replaced = await replaceToken(
    tx,
    { id: session.id, tokenHash: session.token_hash },
    {
      token_hash: tokenHash(tokenId),
      last_seen_at: now,
      idle_until: idleUntil,
      ...(verified === undefined ? {} : verifiedColumns(session, verified)),
    },
  )
  if (!replaced) throw new Error('The session was not locked.')
  const claims = {
    userId: session.user_id,
    sessionId: session.id,
    tokenId,
    issuedAt: now,
    expiresAt: idleUntil,
  }
  return { remembered, claims }
}

function verifiedColumns(session: SessionWithUser, { at, method, factorId }: Reauthentication) {
  const methods = [...methodsOf(session), method]
  const raised = factorId === null ? {} : { factor_id: factorId }
  return { authenticated_at: at, amr: amrOf(methods), ...raised }
}

/** Returns the idle expiry, which never passes the absolute expiry. */
export function idleLimit(
  timeouts: SessionTimeouts,
  { remembered, endsAt, now }: { remembered: boolean; endsAt: number; now: number },
): number {
  return Math.min(endsAt, now + (remembered ? timeouts.rememberedIdleMs : timeouts.idleMs))
}

export function toSession(row: ShownSession, currentId: string): Session {
  return {
    id: row.id,
    createdAt: toInstant(row.created_at),
    lastSeenAt: toInstant(row.last_seen_at),
    expiresAt: toInstant(Math.min(row.idle_until, row.ends_at)),
    ip: row.ip,
    userAgent: row.user_agent,
    current: row.id === currentId,
    methods: methodsOf(row),
    level: levelOf(row),
  }
}

/** Lists the current session first and keeps the order of the others. */
export function toSessions(rows: readonly ShownSession[], currentId: string): Session[] {
  const sessions = rows.map((row) => toSession(row, currentId))
  return [...sessions.filter(({ current }) => current), ...sessions.filter(({ current }) => !current)]
}
