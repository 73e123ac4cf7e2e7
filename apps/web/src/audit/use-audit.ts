import { Id } from '@app/contract'
import type { AuditPage, Self } from '@app/contract'
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../api/api.ts'
import { useConfirmedQuery } from '../auth/confirm-identity.tsx'
import type { AuditFilter } from './use-audit-filter.ts'

/** Event rows are short, so a page shows more of them than of users. */
const eventsPerPage = 50

/** Loads one page of the audit log, newest first. */
export function useAudit(viewer: Self, { userId, tokenId, event }: AuditFilter, cursor: string | undefined) {
  const { client } = useApi()
  const confirmedQuery = useConfirmedQuery()
  return useQuery({
    queryKey: ['audit', viewer.id, userId, tokenId, event, cursor ?? null],
    queryFn: async ({ signal }): Promise<AuditPage> => {
      // The URL can contain any text. An invalid id has no events.
      const ids = [userId, tokenId].filter((id) => id !== null)
      if (ids.some((id) => !Id.safeParse(id).success)) return { items: [], nextCursor: null, token: null }
      const filter = {
        userId: userId ?? undefined,
        tokenId: tokenId ?? undefined,
        event: event ?? undefined,
      }
      return confirmedQuery(() =>
        client.audit.list.query({ ...filter, cursor, limit: eventsPerPage }, { signal }),
      )
    },
    // The previous page stays on screen until the next one arrives, so that the layout does not shift.
    placeholderData: (previous) => previous,
  })
}
