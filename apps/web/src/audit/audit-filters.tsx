import { auditEvents } from '@app/contract'
import type { AuditEventName, Self } from '@app/contract'
import { Button } from '../components/button.tsx'
import { SelectField } from '../forms/select-field.tsx'
import { eventNames } from './event-names.ts'
import type { AuditFilter } from './use-audit-filter.ts'
import { UserFilter } from './user-filter.tsx'
import type { ChosenUser } from './user-filter.tsx'
import styles from './audit.module.css'

const choices = auditEvents.toSorted((one, other) => eventNames[one].localeCompare(eventNames[other]))

interface AuditFiltersProps {
  viewer: Self
  user: ChosenUser | null
  event: AuditEventName | null
  onChange: (change: Partial<AuditFilter>) => void
}

/** Renders the filters of the audit: by user and by kind of event. */
export function AuditFilters({ viewer, user, event, onChange }: AuditFiltersProps) {
  const isFiltered = user !== null || event !== null
  return (
    <search className={styles['filters']} aria-label="Filter the audit">
      <UserFilter viewer={viewer} user={user} onChange={(userId) => onChange({ userId })} />
      <SelectField
        label="Event"
        value={event ?? ''}
        onChange={(value) => onChange({ event: choices.find((name) => name === value) ?? null })}
      >
        <option value="">All events</option>
        {choices.map((name) => (
          <option key={name} value={name}>
            {eventNames[name]}
          </option>
        ))}
      </SelectField>
      <Button unavailable={!isFiltered} onClick={() => onChange({ userId: null, event: null })}>
        Show everything
      </Button>
    </search>
  )
}
