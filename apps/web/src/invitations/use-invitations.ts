import type { Self } from '@app/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useApi } from '../api/api.ts'
import { useConfirmedQuery } from '../auth/confirm-identity.tsx'

function invitationsKey({ id, role }: Self): ['invitations', string, string] {
  return ['invitations', id, role]
}

/** Loads one page of the invitations, newest first. */
export function useInvitations(viewer: Self, cursor: string | undefined) {
  const { client } = useApi()
  const confirmedQuery = useConfirmedQuery()
  return useQuery({
    queryKey: [...invitationsKey(viewer), cursor ?? null],
    queryFn: ({ signal }) => confirmedQuery(() => client.invitations.list.query({ cursor }, { signal })),
    // The previous page stays on screen until the next one arrives, so that the layout does not shift.
    placeholderData: (previous) => previous,
  })
}

/** Returns a function that reloads the list and resolves when it arrived. */
export function useRefreshInvitations(viewer: Self): () => Promise<void> {
  const cache = useQueryClient()
  return useCallback(async () => {
    // Each change of an invitation is an audit event.
    void cache.invalidateQueries({ queryKey: ['audit', viewer.id] })
    await cache.invalidateQueries({ queryKey: invitationsKey(viewer) })
  }, [cache, viewer])
}
