import type { AuditEvent } from '@app/contract'
import { deviceName } from '@app/contract/device-name'
import { ChevronDown } from 'lucide-react'
import { useId, useState } from 'react'
import { Icon } from '../components/icon.tsx'
import { ItemRow } from '../components/item-row.tsx'
import { MomentAgo } from '../components/moment.tsx'
import { withNames } from './audit-user.ts'
import { EventFacts } from './event-facts.tsx'
import { EventIcon } from './event-icon.tsx'
import { eventSentence } from './event-sentence.ts'
import { EventTitle } from './event-title.tsx'
import styles from './audit.module.css'

interface EventLineProps {
  event: AuditEvent
  /** When the list was requested, in milliseconds since 1970 UTC. */
  now: number
}

/** Shows one event as a sentence; a click opens all recorded details. */
export function EventLine({ event, now }: EventLineProps) {
  const [isOpen, setIsOpen] = useState(false)
  const factsId = useId()
  return (
    <li data-full-times>
      <ItemRow
        lead={<EventIcon event={event.event} />}
        title={<EventTitle event={event} />}
        detail={
          <>
            {event.ip !== null && <span>{event.ip}</span>}
            {event.userAgent !== null && <span>{deviceName(event.userAgent)}</span>}
          </>
        }
        note={<MomentAgo at={event.at} now={now} inControl />}
        action={
          <button
            type="button"
            className={styles['open']}
            data-covers-row
            aria-label={`Details: ${eventSentence(withNames(event), null)}`}
            aria-expanded={isOpen}
            aria-controls={isOpen ? factsId : undefined}
            onClick={() => setIsOpen(!isOpen)}
          >
            <Icon icon={ChevronDown} size="small" />
          </button>
        }
      >
        {isOpen && (
          <div id={factsId}>
            <EventFacts event={event} />
          </div>
        )}
      </ItemRow>
    </li>
  )
}
