import type { Self } from '@app/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useApi } from '../api/api.ts'
import { useRefetchOnReturn } from '../api/use-retry-on-return.ts'
import { useConfirmedQuery } from '../auth/confirm-identity.tsx'

/** The keys contain the id of the viewer, so that the next user of this browser does not see the lists. */
const keys = {
  own: (viewer: Self) => ['tokens', viewer.id],
  ofUser: (viewer: Self, userId: string) => ['tokens', viewer.id, userId],
}

/** Loads the viewer's access tokens, and the scopes that a new one may have. */
export function useTokens(viewer: Self) {
  const { client, valueOrThrow } = useApi()
  return useRefetchOnReturn(
    useQuery({
      queryKey: keys.own(viewer),
      queryFn: ({ signal }) => valueOrThrow(client.tokens.list.query(undefined, { signal })),
      meta: { followsSession: true },
    }),
  )
}

/** Loads the access tokens of another user, for admins. */
export function useTokensOfUser(viewer: Self, userId: string) {
  const { client } = useApi()
  const confirmedQuery = useConfirmedQuery()
  return useQuery({
    queryKey: keys.ofUser(viewer, userId),
    queryFn: ({ signal }) => confirmedQuery(() => client.users.tokens.query({ id: userId }, { signal })),
  })
}

/** Returns a function that reloads the lists and resolves when they arrived. */
export function useRefreshTokens(viewer: Self): () => Promise<void> {
  const cache = useQueryClient()
  return useCallback(() => cache.invalidateQueries({ queryKey: keys.own(viewer) }), [cache, viewer])
}
