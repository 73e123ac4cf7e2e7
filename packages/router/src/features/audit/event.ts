import type { AuditActor, AuditEvent } from '@app/contract'
import { z } from 'zod'
import { toInstant } from '../../ports/clock.ts'
import type { FoundEvent } from './store.ts'

const Detail = z.record(z.string(), z.union([z.string(), z.number()]))

export function toEvent(row: FoundEvent): AuditEvent {
  return {
    id: row.id,
    at: toInstant(row.at),
    event: row.event,
    actor: toActor(row),
    subject: row.subject === null ? null : { id: row.subject, username: row.subject_username },
    ip: row.ip,
    userAgent: row.user_agent,
    requestId: row.request_id,
    detail: row.detail === null ? {} : Detail.parse(JSON.parse(row.detail)),
  }
}

function toActor({ actor_kind: kind, actor_id: id, actor_username: username }: FoundEvent): AuditActor {
  if (kind === 'anonymous') return { kind }
  // A user who acts has an id.
  return kind === 'user' && id !== null ? { kind, id, username } : { kind: 'system' }
}
