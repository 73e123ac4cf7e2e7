import type { AuditEvent } from '@app/contract'
import { Link } from 'wouter'
import { shortId } from './audit-user.ts'
import type { AuditUser } from './audit-user.ts'
import { eventSentence } from './event-sentence.ts'
import styles from './audit.module.css'

/** Characters for private use, which no user name contains. They mark the names in a sentence. */
const actorMark = '\u{E000}'
const subjectMark = '\u{E001}'
const marks = new RegExp(`([${actorMark}${subjectMark}])`, 'u')

/** Renders an event as a sentence, in which the names are links to the users. */
export function EventTitle({ event }: { event: AuditEvent }) {
  const { actor, subject } = event
  const users = new Map<string, AuditUser>()
  if (actor.kind === 'user') users.set(actorMark, actor)
  if (subject !== null) users.set(subjectMark, subject)
  const marked: AuditEvent = {
    ...event,
    actor: actor.kind === 'user' ? { ...actor, username: actorMark } : actor,
    subject: subject && { ...subject, username: subjectMark },
  }
  const parts = eventSentence(marked, null).split(marks)
  return parts.map((part, position) => {
    const user = users.get(part)
    return user === undefined ? (
      <span key={position} className={styles['words']}>
        {part}
      </span>
    ) : (
      <UserLink key={position} user={user} />
    )
  })
}

function UserLink({ user }: { user: AuditUser }) {
  if (user.username === null) {
    return (
      <bdi className={styles['person']}>
        deleted user <span className={styles['id']}>{shortId(user.id)}</span>
      </bdi>
    )
  }
  return (
    <Link
      href={`/users?search=${encodeURIComponent(user.username)}`}
      className={styles['person']}
      translate="no"
      dir="auto"
    >
      {user.username}
    </Link>
  )
}
