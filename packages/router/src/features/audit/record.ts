import { auditRetentionMs } from '@app/contract'
import type { AuditEventName } from '@app/contract'
import type { Writer } from '../../db/database.ts'
import { newId } from '../../id.ts'
import type { Clock } from '../../ports/clock.ts'
import { insertEvent, sweepEvents } from './store.ts'

/** Who acts. The command line is the system. */
export type Actor = { kind: 'user'; id: string } | { kind: 'system' } | { kind: 'anonymous' }

export interface AuditContext {
  clock: Clock
  actor: Actor
  request: { id: string | null; ip: string | null; userAgent: string | null }
  /** Collects the subject, so that open event streams are re-checked. The command line has none. */
  changedUserIds?: Set<string>
}

interface Event {
  event: AuditEventName
  /** Whom it was done to: a user's id, or nobody's. */
  subject: string | null
  /** Names and numbers, never a secret, never what was typed as one. */
  detail?: Record<string, string | number>
}

/**
 * So many old events go with each new one at most: more than come, so that the table shrinks to what is kept.
 */
const eventsPerSweep = 10

/**
 * How long an operator has to set a clock right that jumped ahead, before events are removed that only look
 * old: in the week before there must have been events.
 */
const noticeMs = 7 * 24 * 3_600_000

/**
 * Writes one event in the transaction of its effect, so that neither is ever without the other (ASVS 5.0
 * 16.2.1, 16.3.1). Events that are older than 180 days go here too, a few with each new one: there is no
 * timer that could stop unnoticed. Apart from that and from the blanking of closed accounts, nothing changes
 * or removes an event.
 */
export async function recordEvent(
  tx: Writer,
  { clock, actor, request, changedUserIds }: AuditContext,
  { event, subject, detail }: Event,
): Promise<void> {
  if (subject !== null) changedUserIds?.add(subject)
  const now = clock()
  await sweepEvents(tx, {
    before: now - auditRetentionMs,
    witness: { from: now - 2 * noticeMs, before: now - noticeMs },
    limit: eventsPerSweep,
  })
  await insertEvent(tx, {
    id: newId(now),
    at: now,
    event,
    actor_kind: actor.kind,
    actor_id: actor.kind === 'user' ? actor.id : null,
    subject,
    ip: request.ip,
    user_agent: request.userAgent,
    request_id: request.id,
    detail: detail === undefined ? null : JSON.stringify(detail),
  })
}
