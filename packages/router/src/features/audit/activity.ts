import type { AuditEvent } from '@app/contract'
import type { Reader } from '../../db/database.ts'
import { toEvent } from './event.ts'
import { listEventsOf } from './store.ts'
import type { FoundEvent } from './store.ts'

/** Who looks at their own events. */
export interface Onlooker {
  id: string
  /** Whether the directory shows them the user names of others. */
  seesOthers: boolean
}

/** The events of one user, newest first. */
export function readOwnActivity(
  db: Reader,
  { id }: Onlooker,
  page: { after: string | undefined; limit: number },
): Promise<FoundEvent[]> {
  return listEventsOf(db, id, page)
}

/** As far as it is theirs to know: where an administrator was who did something to them is not. */
export function toOwnEvent(row: FoundEvent, onlooker: Onlooker): AuditEvent {
  const event = toEvent(row)
  const { actor, subject } = event
  const isByAnother = actor.kind === 'user' && actor.id !== onlooker.id
  return {
    ...event,
    actor: actor.kind === 'user' ? withoutName(actor, onlooker) : actor,
    subject: subject === null ? null : withoutName(subject, onlooker),
    ...(isByAnother ? { ip: null, userAgent: null } : {}),
  }
}

function withoutName<T extends { id: string; username: string | null }>(person: T, onlooker: Onlooker): T {
  return onlooker.seesOthers || person.id === onlooker.id ? person : { ...person, username: null }
}
