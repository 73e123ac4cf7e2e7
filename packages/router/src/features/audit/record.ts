import { auditRetentionMs } from '@app/contract'
import type { AuditEventName } from '@app/contract'
import type { Writer } from '../../db/database.ts'
import { newId } from '../../id.ts'
import type { Clock } from '../../ports/clock.ts'
import { blankMore } from './blanking/store.ts'
import { insertEvent, sweepEvents } from './store.ts'

/**
 * The actor of an event. `tokenId`: the access token through which the user acts. A command of the operator
 * has the system as actor.
 */
export type Actor =
  | { kind: 'user'; id: string; tokenId?: string }
  | { kind: 'system' }
  | { kind: 'anonymous' }

export interface AuditContext {
  clock: Clock
  actor: Actor
  request: { id: string | null; ip: string | null; userAgent: string | null }
  /** Collects the subject, so that open event streams are re-checked. Commands have none. */
  changedUserIds?: Set<string>
}

interface Event {
  event: AuditEventName
  /** The id of the user it happened to; null if no account is concerned. */
  subject: string | null
  /** Names and numbers; never a secret, nor text that was typed as one. */
  detail?: Record<string, string | number>
  /** The access token that was created or revoked. */
  tokenId?: string
}

/** The maximum number of old events that each new one deletes: more than one, so that the table shrinks. */
const eventsPerSweep = 10

/**
 * How long an operator has to correct a clock that jumped ahead, before events are deleted that only seem
 * old. Deletion needs events from the week before that.
 */
const noticeMs = 7 * 24 * 3_600_000

/**
 * Records one event in the transaction of its effect, so that neither exists without the other (ASVS 5.0
 * 16.2.1, 16.3.1). Also deletes a few events older than 180 days: no timer is needed, which could stop
 * unnoticed. Otherwise only the blanking of removed accounts, which it continues, changes an event.
 */
export async function recordEvent(
  tx: Writer,
  { clock, actor, request, changedUserIds }: AuditContext,
  { event, subject, detail, tokenId }: Event,
): Promise<void> {
  if (subject !== null) changedUserIds?.add(subject)
  const now = clock()
  const actingToken = actor.kind === 'user' ? actor.tokenId : undefined
  await sweepEvents(tx, {
    before: now - auditRetentionMs,
    witness: { from: now - 2 * noticeMs, before: now - noticeMs },
    limit: eventsPerSweep,
  })
  await blankMore(tx)
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
    detail: detailText(detail, actingToken),
    token_id: actingToken ?? tokenId ?? null,
  })
}

function detailText(detail: Event['detail'], byToken: string | undefined): string | null {
  if (detail === undefined && byToken === undefined) return null
  return JSON.stringify({ ...detail, ...(byToken !== undefined && { byToken }) })
}
