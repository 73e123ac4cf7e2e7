import type { Self } from '@app/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useApi } from '../../api/api.ts'
import { useRefetchOnReturn } from '../../api/use-retry-on-return.ts'

/** The cache key contains the user id, so that other users do not see it. */
function securityKey(viewer: Self): ['security', string] {
  return ['security', viewer.id]
}

/** Loads how the viewer logs in: password, second factors, linked accounts, and a requested reset. */
export function useSecurity(viewer: Self) {
  const { client, valueOrThrow } = useApi()
  return useRefetchOnReturn(
    useQuery({
      queryKey: securityKey(viewer),
      queryFn: async ({ signal }) => {
        // One request: the client sends simultaneous queries as a batch.
        const [account, recoveryCodes, passkeys, identities] = await Promise.all([
          valueOrThrow(client.account.security.query(undefined, { signal })),
          valueOrThrow(client.recoveryCodes.status.query(undefined, { signal })),
          valueOrThrow(client.passkeys.list.query(undefined, { signal })),
          valueOrThrow(client.identities.list.query(undefined, { signal })),
        ])
        return { ...account, recoveryCodes, passkeys, identities }
      },
      meta: { followsSession: true },
    }),
  )
}

/** Returns a function that reloads the overview and resolves when it arrived. */
export function useRefreshSecurity(viewer: Self): () => Promise<void> {
  const cache = useQueryClient()
  return useCallback(() => cache.invalidateQueries({ queryKey: securityKey(viewer) }), [cache, viewer])
}
