import { auditEvents } from '@app/contract'
import type { AuditEventName, Self } from '@app/contract'
import { useId, useRef } from 'react'
import { Button } from '../components/button.tsx'
import { language } from '../components/language.ts'
import { eventNames } from './event-names.ts'
import { FilterChip } from './filter-chip.tsx'
import type { AuditFilter } from './use-audit-filter.ts'
import { UserFilter } from './user-filter.tsx'
import type { ChosenUser } from './user-filter.tsx'
import styles from './audit.module.css'

const choices = auditEvents.toSorted((one, other) =>
  eventNames[one].localeCompare(eventNames[other], language),
)

interface AuditFiltersProps {
  viewer: Self
  user: ChosenUser | null
  event: AuditEventName | null
  onChange: (change: Partial<AuditFilter>) => void
}

/** Renders the filters of the audit log: by user and by kind of event. */
export function AuditFilters({ viewer, user, event, onChange }: AuditFiltersProps) {
  const eventId = useId()
  const filters = useRef<HTMLElement>(null)
  function clear() {
    onChange({ userId: null, event: null })
    // The button disappears.
    filters.current?.querySelector('input')?.focus()
  }
  return (
    <search ref={filters} className={styles['filters']} aria-label="Filter the audit log">
      <UserFilter viewer={viewer} user={user} onChange={(userId) => onChange({ userId })} />
      <FilterChip
        label="Event"
        htmlFor={eventId}
        isSet={event !== null}
        onRemove={() => onChange({ event: null })}
      >
        <select
          id={eventId}
          value={event ?? ''}
          onChange={({ currentTarget }) =>
            onChange({ event: choices.find((name) => name === currentTarget.value) ?? null })
          }
        >
          <option value="">All events</option>
          {choices.map((name) => (
            <option key={name} value={name}>
              {eventNames[name]}
            </option>
          ))}
        </select>
      </FilterChip>
      {(user !== null || event !== null) && (
        <Button look="quiet" onClick={clear}>
          Clear filters
        </Button>
      )}
    </search>
  )
}
