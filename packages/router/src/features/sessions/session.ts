import { userLimits } from '@app/contract'
import type { Session } from '@app/contract'
import type { Writer } from '../../db/database.ts'
import { newId } from '../../id.ts'
import { toInstant } from '../../ports/clock.ts'
import type { Clock } from '../../ports/clock.ts'
import { insertSession, replaceToken, sweepSessions, trimSessions } from './store.ts'
import type { SessionWithUser, ShownSession } from './store.ts'
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

/** Opens a session for a verified user. Call it inside the transaction that checked the verification. */
export async function startSession(
  tx: Writer,
  { clock, settings, request }: SessionDeps,
  { userId, remembered, amr }: { userId: string; remembered: boolean; amr: string },
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
    amr,
    ip: request.ip,
    user_agent: request.userAgent,
  })
  await trimSessions(tx, userId, userLimits.sessions)
  return { remembered, claims: { userId, sessionId: id, tokenId, issuedAt: now, expiresAt: idleUntil } }
}

/** Gives a locked session a new token. The old one is invalid from the commit on (ASVS 5.0 7.2.4). */
export async function reissueToken(
  tx: Writer,
  { clock, settings }: SessionDeps,
  session: SessionWithUser,
  verified: { authenticated_at?: number } = {},
): Promise<IssuedToken> {
  const now = clock()
  const remembered = session.remembered === 1
  const idleUntil = idleLimit(settings.sessionTimeouts, { remembered, endsAt: session.ends_at, now })
  const tokenId = newTokenId()
  const replaced = await replaceToken(
    tx,
    { id: session.id, tokenHash: session.token_hash },
    { token_hash: tokenHash(tokenId), last_seen_at: now, idle_until: idleUntil, ...verified },
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
  }
}

/** Lists the current session first and keeps the order of the others. */
export function toSessions(rows: readonly ShownSession[], currentId: string): Session[] {
  const sessions = rows.map((row) => toSession(row, currentId))
  return [...sessions.filter(({ current }) => current), ...sessions.filter(({ current }) => !current)]
}
