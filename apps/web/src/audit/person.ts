import type { AuditEvent } from '@app/contract'

/** Somebody in the audit. The account may be gone: then the id is all that is left. */
export interface Person {
  id: string
  username: string | null
}

/** What a person is called of whom there are events. */
export function personName({ id, username }: Person): string {
  return username ?? `former user ${shortId(id)}`
}

/** Ids begin with a time and end at random: the end tells two of them apart. */
export function shortId(id: string): string {
  return `…${id.slice(-6)}`
}

/** The same event, with something to call those whose accounts are gone. */
export function withNames(event: AuditEvent): AuditEvent {
  const { actor, subject } = event
  return {
    ...event,
    actor: actor.kind === 'user' ? { ...actor, username: personName(actor) } : actor,
    subject: subject && { ...subject, username: personName(subject) },
  }
}

export function findPerson(events: readonly AuditEvent[], id: string): Person | undefined {
  for (const { actor, subject } of events) {
    if (actor.kind === 'user' && actor.id === id) return actor
    if (subject?.id === id) return subject
  }
  return undefined
}
