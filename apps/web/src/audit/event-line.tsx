import type { AuditEvent } from '@app/contract'
import { Moment } from '../components/moment.tsx'
import { timeAgo } from '../components/time-ago.ts'
import { EventFacts } from './event-facts.tsx'
import { eventSentence } from './event-sentence.ts'
import { withNames } from './person.ts'
import styles from './audit.module.css'

interface EventLineProps {
  event: AuditEvent
  /** Milliseconds since 1970 UTC: when the list was asked for. */
  now: number
}

/** One event as a sentence; everything that is known of it unfolds below. */
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
