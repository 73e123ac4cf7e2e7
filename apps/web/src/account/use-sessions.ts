import type { Self } from '@app/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useApi } from '../api/api.ts'
import { useRefetchOnReturn } from '../api/use-retry-on-return.ts'

/** The cache key of a user's sessions. It contains the user id, so that other users do not see them. */
function sessionsKey(viewer: Self): ['sessions', string] {
  return ['sessions', viewer.id]
}

/** Loads the viewer's sessions, the one of this browser first. */
export function useSessions(viewer: Self) {
  const { client, valueOrThrow } = useApi()
  return useRefetchOnReturn(
    useQuery({
      queryKey: sessionsKey(viewer),
      queryFn: ({ signal }) => valueOrThrow(client.sessions.list.query(undefined, { signal })),
      meta: { followsSession: true },
    }),
  )
}

/** Returns a function that reloads the list and resolves when it arrived. */
export function useRefreshSessions(viewer: Self): () => Promise<void> {
  const cache = useQueryClient()
  return useCallback(() => cache.invalidateQueries({ queryKey: sessionsKey(viewer) }), [cache, viewer])
}
