import { auditEvents } from '@app/contract'
import type { AuditEventName } from '@app/contract'
import { useSearchParams } from 'wouter'

export interface AuditFilter {
  /** The id of a user. */
  person: string | null
  event: AuditEventName | null
}

/** The filter is in the address: it can be linked, and the back button works. */
export function useAuditFilter(): [AuditFilter, change: (change: Partial<AuditFilter>) => void] {
  const [params, setParams] = useSearchParams()
  const event = params.get('event')
  const filter = {
    person: params.get('person'),
    // A name that this page does not know is no filter.
    event: auditEvents.find((known) => known === event) ?? null,
  }
  function change(part: Partial<AuditFilter>) {
    const { person, event } = { ...filter, ...part }
    setParams({ ...(person !== null && { person }), ...(event !== null && { event }) })
  }
  return [filter, change]
}
