import type { AuditEvent } from '@app/contract'
import type { Reader } from '../../db/database.ts'
import { toEvent } from './event.ts'
import { listEventsOf } from './store.ts'
import type { FoundEvent } from './store.ts'

/** A user who reads their own events. */
export interface ActivityViewer {
  id: string
  /** Whether the directory shows them the user names of others. */
  seesOthers: boolean
}

/** The events of one user, newest first. */
export function readOwnActivity(
  db: Reader,
  { id }: ActivityViewer,
  page: { after: string | undefined; limit: number },
): Promise<FoundEvent[]> {
  return listEventsOf(db, id, page)
}

/** As far as it is theirs to know: where an administrator was who did something to them is not. */
export function toOwnEvent(row: FoundEvent, viewer: ActivityViewer): AuditEvent {
  const event = toEvent(row)
  const { actor, subject } = event
  const isByAnother = actor.kind === 'user' && actor.id !== viewer.id
  return {
    ...event,
    actor: actor.kind === 'user' ? withoutName(actor, viewer) : actor,
    subject: subject === null ? null : withoutName(subject, viewer),
    ...(isByAnother ? { ip: null, userAgent: null } : {}),
  }
}

function withoutName<T extends { id: string; username: string | null }>(
  person: T,
  viewer: ActivityViewer,
): T {
  return viewer.seesOthers || person.id === viewer.id ? person : { ...person, username: null }
}
