import type { AuditEvent } from '@app/contract'
import type { Reader } from '../../db/database.ts'
import { toEvent } from './event.ts'
import { listEventsOf } from './store.ts'
import type { EventFilter, FoundEvent } from './store.ts'

/** A user who reads their own events. */
export interface ActivityViewer {
  id: string
  /** Whether the directory shows them the user names of others. */
  seesOthers: boolean
}

/** Reads the events of one user, newest first, of all or of one access token. */
export function readOwnActivity(
  db: Reader,
  { id }: ActivityViewer,
  page: Omit<EventFilter, 'event'>,
): Promise<FoundEvent[]> {
  return listEventsOf(db, id, page)
}

/** Maps an event for its user. Leaves out the address and browser of an admin who acted on the user. */
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

function withoutName<T extends { id: string; username: string | null }>(user: T, viewer: ActivityViewer): T {
  return viewer.seesOthers || user.id === viewer.id ? user : { ...user, username: null }
}
