import { auditEvents } from '@app/contract'
import type { AuditEventName, Self } from '@app/contract'
import { useId } from 'react'
import { Button } from '../components/button.tsx'
import { eventNames } from './event-names.ts'
import { PersonFilter } from './person-filter.tsx'
import type { ChosenPerson } from './person-filter.tsx'
import type { AuditFilter } from './use-audit-filter.ts'
import fieldStyles from '../forms/field.module.css'
import styles from './audit.module.css'

const choices = auditEvents.toSorted((one, other) => eventNames[one].localeCompare(eventNames[other]))

interface AuditFiltersProps {
  viewer: Self
  person: ChosenPerson | null
  event: AuditEventName | null
  onChange: (change: Partial<AuditFilter>) => void
}

/** Whose events, and which. */
export function AuditFilters({ viewer, person, event, onChange }: AuditFiltersProps) {
  const eventId = useId()
  const isFiltered = person !== null || event !== null
  return (
    <search className={styles['filters']} aria-label="Filter the audit">
      <PersonFilter viewer={viewer} person={person} onChange={(id) => onChange({ person: id })} />
      <div className={fieldStyles['field']}>
        <label htmlFor={eventId} className={fieldStyles['label']}>
          Event
        </label>
        <select
          id={eventId}
          className={fieldStyles['control']}
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
      </div>
      <Button unavailable={!isFiltered} onClick={() => onChange({ person: null, event: null })}>
        Show everything
      </Button>
    </search>
  )
}
