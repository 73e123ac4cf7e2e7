import { Id } from '@app/contract'
import type { AuditEvent, Page, Self } from '@app/contract'
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../api/api.ts'
import type { AuditFilter } from './use-audit-filter.ts'

/** The lines are short, so a page has more of them than a page of users. */
const eventsPerPage = 50

/** One page of the audit, newest first. */
export function useAudit(viewer: Self, { person, event }: AuditFilter, cursor: string | undefined) {
  const { client, answer } = useApi()
  return useQuery({
    queryKey: ['audit', viewer.id, person, event, cursor ?? null],
    queryFn: async ({ signal }): Promise<Page<AuditEvent>> => {
      // The address bar can contain anything. An invalid id has no events.
      if (person !== null && !Id.safeParse(person).success) return { items: [], nextCursor: null }
      const filter = { userId: person ?? undefined, event: event ?? undefined }
      return answer(client.audit.list.query({ ...filter, cursor, limit: eventsPerPage }, { signal }))
    },
    // The page before stays on screen until the next one is there: no jump.
    placeholderData: (previous) => previous,
  })
}
