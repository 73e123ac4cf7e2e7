import type { ExpressionBuilder } from 'kysely'
import type { Tables } from '../../db/tables.ts'
import type { SessionRow } from './table.ts'

// A session is alive within its limits. The rule exists twice, for rows and for queries; alive.test.ts
// compares both.

/**
 * The largest correction of a clock that is plausible: daylight saving time set by hand. A session that
 * begins later was opened while the clock was wrong, and would outlive all others.
 */
const maxAheadMs = 3_600_000

type Limits = Pick<SessionRow, 'idle_until' | 'ends_at' | 'created_at'>

/** Returns whether the session is alive. */
export function isAlive(session: Limits, now: number): boolean {
  return session.idle_until > now && session.ends_at > now && session.created_at <= latestStart(now)
}

/** Returns the latest beginning of a session that is alive. */
export function latestStart(now: number): number {
  return now + maxAheadMs
}

/** Selects the sessions that are alive. @param startsBy `latestStart` of now */
export function whereAlive(now: number, startsBy = latestStart(now)) {
  return (where: ExpressionBuilder<Pick<Tables, 'sessions'>, 'sessions'>) =>
    where.and([
      where('idle_until', '>', now),
      where('ends_at', '>', now),
      where('created_at', '<=', startsBy),
    ])
}

/**
 * Returns whether the session is alive and its user may use it. Disabling a user also ends their sessions.
 */
export function isUsable(session: Limits & { user: { disabled_at: number | null } }, now: number): boolean {
  return isAlive(session, now) && session.user.disabled_at === null
}
