import type { AuditActor, AuditEvent } from '@app/contract'
import { z } from 'zod'
import { toInstant } from '../../ports/clock.ts'
import type { FoundEvent } from './store.ts'

const Detail = z.record(z.string(), z.union([z.string(), z.number()]))

export function toEvent(row: FoundEvent): AuditEvent {
  const isBlank = isOfRemovedAccount(row)
  return {
    id: row.id,
    at: toInstant(row.at),
    event: row.event,
    actor: toActor(row),
    subject: row.subject === null ? null : { id: row.subject, username: row.subject_username },
    ip: isBlank ? null : row.ip,
    userAgent: isBlank ? null : row.user_agent,
    requestId: row.request_id,
    detail: row.detail === null ? {} : Detail.parse(JSON.parse(row.detail)),
  }
}

/** Checks whether the account that caused the event has ended: its older events are blanked later. */
function isOfRemovedAccount(row: FoundEvent): boolean {
  if (row.actor_kind === 'anonymous') return row.subject !== null && row.subject_username === null
  return row.actor_id !== null && row.actor_username === null
}

function toActor({ actor_kind: kind, actor_id: id, actor_username: username }: FoundEvent): AuditActor {
  if (kind === 'anonymous') return { kind }
  // A user who acts has an id.
  return kind === 'user' && id !== null ? { kind, id, username } : { kind: 'system' }
}
