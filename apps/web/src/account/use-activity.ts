import { Id } from '@app/contract'
import type { AuditPage, Self } from '@app/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useApi } from '../api/api.ts'
import { useRefetchOnReturn } from '../api/use-retry-on-return.ts'

/**
 * Loads the audit events by and about the viewer, newest first.
 * @param tokenId of an access token, whose events it loads; null for all events
 */
export function useActivity(viewer: Self, tokenId: string | null) {
  const { client, valueOrThrow } = useApi()
  return useRefetchOnReturn(
    useInfiniteQuery({
      queryKey: ['activity', viewer.id, tokenId],
      initialPageParam: undefined as string | undefined,
      queryFn: async ({ pageParam: cursor, signal }): Promise<AuditPage> => {
        // The URL can contain any text. An invalid id has no events.
        if (tokenId !== null && !Id.safeParse(tokenId).success)
          return { items: [], nextCursor: null, token: null }
        const input = { tokenId: tokenId ?? undefined, cursor }
        return valueOrThrow(client.account.activity.query(input, { signal }))
      },
      getNextPageParam: (page) => page.nextCursor ?? undefined,
    }),
  )
}
