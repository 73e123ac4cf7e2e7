import type { AuditEvent } from '@app/contract'
import { Fragment } from 'react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Copyable } from '../components/copyable.tsx'
import { deviceName } from '../components/device-name.ts'
import { VisuallyHidden } from '../components/visually-hidden.tsx'
import { personName } from './person.ts'
import type { Person } from './person.ts'
import styles from './audit.module.css'

/** Labels of the details. A detail without a label is shown by its key. */
const detailNames = new Map([
  ['role', 'Role'],
  ['from', 'Role before'],
  ['to', 'Role after'],
  ['endedSessions', 'Sessions ended'],
  ['identifier', 'Hashed identifier'],
])

/** All recorded details of an event. */
export function EventFacts({ event }: { event: AuditEvent }) {
  const { actor, subject, ip, userAgent, requestId, detail } = event
  const isOwnAction = actor.kind === 'user' && actor.id === subject?.id
  return (
    <dl className={styles['facts']}>
      <Fact name="Actor">
        {actor.kind === 'user' && <PersonLinks person={actor} />}
        {actor.kind === 'system' && 'The command line on the server'}
        {actor.kind === 'anonymous' && 'A visitor, not logged in'}
      </Fact>
      {!isOwnAction && (
        <Fact name="Target">{subject === null ? 'No such user' : <PersonLinks person={subject} />}</Fact>
      )}
      <Fact name="Address">{ip ?? 'not kept'}</Fact>
      <Fact name="Device">
        {userAgent === null ? 'not kept' : deviceName(userAgent)}
        {userAgent !== null && <div className={styles['raw']}>{userAgent}</div>}
      </Fact>
      {requestId !== null && (
        <Fact name="Request id">
          <Copyable label="request id" text={requestId} />
        </Fact>
      )}
      {Object.entries(detail).map(([key, value]) => (
        <Fact key={key} name={detailNames.get(key) ?? key}>
          {value}
        </Fact>
      ))}
      <Fact name="Event">
        <code>{event.event}</code>
      </Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Fragment>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </Fragment>
  )
}

function PersonLinks({ person }: { person: Person }) {
  const name = personName(person)
  return (
    <span className={styles['person']}>
      {person.username === null ? (
        <span>
          {name} (<code>{person.id}</code>)
        </span>
      ) : (
        <Link href={`/users?search=${encodeURIComponent(person.username)}`}>{name}</Link>
      )}
      <Link href={`/audit?person=${person.id}`}>
        All events<VisuallyHidden> of {name}</VisuallyHidden>
      </Link>
    </span>
  )
}
