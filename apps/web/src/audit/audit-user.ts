import type { AuditEvent } from '@app/contract'

/** A user in the audit log. Of a deleted user only the id is left. */
export interface AuditUser {
  id: string
  username: string | null
}

/** Returns the user name, or a name with a part of the id for a deleted user. */
export function displayName({ id, username }: AuditUser): string {
  return username ?? `deleted user ${shortId(id)}`
}

/** Returns the end of an id, which is random; its beginning is a time. */
export function shortId(id: string): string {
  return `…${id.slice(-6)}`
}

/** Returns the event with names for deleted users. */
export function withNames(event: AuditEvent): AuditEvent {
  const { actor, subject } = event
  return {
    ...event,
    actor: actor.kind === 'user' ? { ...actor, username: displayName(actor) } : actor,
    subject: subject && { ...subject, username: displayName(subject) },
  }
}

export function findUser(events: readonly AuditEvent[], id: string): AuditUser | undefined {
  for (const { actor, subject } of events) {
    if (actor.kind === 'user' && actor.id === id) return actor
    if (subject?.id === id) return subject
  }
  return undefined
}
