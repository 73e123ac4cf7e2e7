import type { AuditEventName, Self } from '@app/contract'
import { useRef } from 'react'
import { Button } from '../components/button.tsx'
import { EventFilter } from './event-filter.tsx'
import type { AuditFilter } from './use-audit-filter.ts'
import { UserFilter } from './user-filter.tsx'
import type { ChosenUser } from './user-filter.tsx'
import styles from './audit.module.css'

interface AuditFiltersProps {
  viewer: Self
  user: ChosenUser | null
  event: AuditEventName | null
  onChange: (change: Partial<AuditFilter>) => void
}

/** Renders the filters of the audit log: by user and by kind of event. */
export function AuditFilters({ viewer, user, event, onChange }: AuditFiltersProps) {
  const filters = useRef<HTMLElement>(null)
  function clear() {
    onChange({ userId: null, event: null })
    // The button disappears.
    filters.current?.querySelector<HTMLElement>('[role=combobox]')?.focus()
  }
  return (
    <search ref={filters} className={styles['filters']} aria-label="Filter the audit log">
      <UserFilter viewer={viewer} user={user} onChange={(userId) => onChange({ userId })} />
      <EventFilter event={event} onChange={(chosen) => onChange({ event: chosen })} />
      {(user !== null || event !== null) && (
        <Button look="quiet" onClick={clear}>
          Clear filters
        </Button>
      )}
    </search>
  )
}
