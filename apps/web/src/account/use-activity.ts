import type { Self } from '@app/contract'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useApi } from '../api/api.ts'

/** Loads the audit events by and about the viewer, newest first. */
export function useActivity(viewer: Self) {
  const { client, valueOrThrow } = useApi()
  return useInfiniteQuery({
    queryKey: ['activity', viewer.id],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      valueOrThrow(client.account.activity.query({ cursor: pageParam }, { signal })),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
}
