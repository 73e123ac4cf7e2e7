import type { AuditEvent } from '@app/contract'
import { deviceName } from '@app/contract/device-name'
import { Fragment } from 'react'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Copyable } from '../components/copyable.tsx'
import { Moment } from '../components/moment.tsx'
import { VisuallyHidden } from '../components/visually-hidden.tsx'
import { displayName } from './audit-user.ts'
import type { AuditUser } from './audit-user.ts'
import styles from './audit.module.css'

/** Labels of the details. A detail without a label is shown by its key. */
const detailNames = new Map([
  ['role', 'Role'],
  ['from', 'Role before'],
  ['to', 'Role after'],
  ['endedSessions', 'Sessions ended'],
  ['identifier', 'Hashed identifier'],
  ['byToken', 'By access token'],
  ['tokenId', 'Access token'],
])

/** Details that are the id of an access token. */
const tokenDetails: ReadonlySet<string> = new Set(['byToken', 'tokenId'])

/** Shows all recorded details of an event. */
export function EventFacts({ event }: { event: AuditEvent }) {
  const { at, actor, subject, ip, userAgent, requestId, detail } = event
  const isOwnAction = actor.kind === 'user' && actor.id === subject?.id
  return (
    <dl className={styles['facts']}>
      <Fact name="Time">
        <Moment at={at} exact />
      </Fact>
      <Fact name="Actor">
        {actor.kind === 'user' && <UserLinks user={actor} />}
        {actor.kind === 'system' && 'An operator, by a command on the server'}
        {actor.kind === 'anonymous' && 'Visitor, not logged in'}
      </Fact>
      {!isOwnAction && (
        <Fact name="Target">{subject === null ? 'No such user' : <UserLinks user={subject} />}</Fact>
      )}
      <Fact name="Address">{ip ?? 'Not kept'}</Fact>
      <Fact name="Device">
        {userAgent === null ? 'Not kept' : deviceName(userAgent)}
        {userAgent !== null && <div className={styles['raw']}>{userAgent}</div>}
      </Fact>
      {requestId !== null && (
        <Fact name="Request id">
          <Copyable label="request id" text={requestId} />
        </Fact>
      )}
      {Object.entries(detail).map(([key, value]) => (
        <Fact key={key} name={detailNames.get(key) ?? key}>
          {tokenDetails.has(key) ? <TokenLink id={String(value)} /> : value}
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

function UserLinks({ user }: { user: AuditUser }) {
  const name = displayName(user)
  return (
    <span className={styles['links']}>
      {user.username === null ? (
        <span>
          {name} (<code>{user.id}</code>)
        </span>
      ) : (
        <Link href={`/users?search=${encodeURIComponent(user.username)}`}>{name}</Link>
      )}
      <Link href={`/audit?user=${user.id}`}>
        All events<VisuallyHidden> of {name}</VisuallyHidden>
      </Link>
    </span>
  )
}

function TokenLink({ id }: { id: string }) {
  return (
    <span className={styles['links']}>
      <code>{id}</code>
      <Link href={`/audit?token=${id}`}>
        All events<VisuallyHidden> of the access token</VisuallyHidden>
      </Link>
    </span>
  )
}
