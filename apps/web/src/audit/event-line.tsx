import type { AuditEvent } from '@app/contract'
import { Moment } from '../components/moment.tsx'
import { timeAgo } from '../components/time-ago.ts'
import { withNames } from './audit-user.ts'
import { EventFacts } from './event-facts.tsx'
import { eventSentence } from './event-sentence.ts'
import styles from './audit.module.css'

interface EventLineProps {
  event: AuditEvent
  /** When the list was requested, in milliseconds since 1970 UTC. */
  now: number
}

/** Shows one event as a sentence; a click opens all recorded details. */
export function EventLine({ event, now }: EventLineProps) {
  return (
    <li>
      <details className={styles['event']}>
        <summary>
          <span className={styles['sentence']}>{eventSentence(withNames(event), null)}</span>
          <span className={styles['when']}>
            <Moment at={event.at} exact /> · <span className={styles['ago']}>{timeAgo(event.at, now)}</span>
          </span>
        </summary>
        <EventFacts event={event} />
      </details>
    </li>
  )
}
