import type { AuditEventName, Self } from '@app/contract'
import { useRef } from 'react'
import { Button } from '../components/button.tsx'
import { EventFilter } from './event-filter.tsx'
import { TokenChip } from './token-chip.tsx'
import { noFilter } from './use-audit-filter.ts'
import type { AuditFilter } from './use-audit-filter.ts'
import { UserFilter } from './user-filter.tsx'
import type { ChosenUser } from './user-filter.tsx'
import styles from './audit.module.css'

interface AuditFiltersProps {
  viewer: Self
  user: ChosenUser | null
  /** The name of the access token. */
  token: string | null
  event: AuditEventName | null
  onChange: (change: Partial<AuditFilter>) => void
}

/** Renders the filters of the audit log: by user, by kind of event, and by an access token. */
export function AuditFilters({ viewer, user, token, event, onChange }: AuditFiltersProps) {
  const filters = useRef<HTMLElement>(null)
  function clear(change: Partial<AuditFilter>) {
    onChange(change)
    // The button disappears.
    filters.current?.querySelector<HTMLElement>('[role=combobox]')?.focus()
  }
  return (
    <search ref={filters} className={styles['filters']} aria-label="Filter the audit log">
      <UserFilter viewer={viewer} user={user} onChange={(userId) => onChange({ userId })} />
      <EventFilter event={event} onChange={(chosen) => onChange({ event: chosen })} />
      {token !== null && <TokenChip name={token} onRemove={() => clear({ tokenId: null })} />}
      {(user !== null || token !== null || event !== null) && (
        <Button look="quiet" onClick={() => clear(noFilter)}>
          Clear filters
        </Button>
      )}
    </search>
  )
}
