import type { Page, Self, UserRow } from '@latchkey/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'

import { useApi } from '../api.ts'

/** The cache entries of what a person may see of the users. */
function usersKey(viewer: Self): ['users', string] {
  return ['users', viewer.id]
}

/** One page of the users, as far as the viewer may see them, by user name. */
export function useUsers(
  viewer: Self,
  { search, cursor, enabled = true }: { search: string; cursor?: string | undefined; enabled?: boolean },
) {
  const { client, answer } = useApi()
  return useQuery({
    queryKey: [...usersKey(viewer), search, cursor ?? null],
    queryFn: ({ signal }) =>
      answer(client.users.list.query({ cursor, search: search === '' ? undefined : search }, { signal })),
    enabled,
    // The page before stays on screen until the next one is there: no jump.
    placeholderData: (previous) => previous,
  })
}

interface UsersCache {
  /** Somebody who was on screen a short while ago. */
  find: (id: string) => UserRow | undefined
  /** Shows at once what is known to have changed, then asks for the rest. */
  changed: (id: string, change: Partial<UserRow>) => void
  /** The row stays on screen until the list is asked for again: it says itself what became of it. */
  gone: () => void
}

/** Keeps the lists on screen in step with what an administrator does. */
export function useUsersCache(viewer: Self): UsersCache {
  const cache = useQueryClient()
  return useMemo(() => {
    const queryKey = usersKey(viewer)
    // Each of these deeds is an event.
    const auditIsOld = () => void cache.invalidateQueries({ queryKey: ['audit', viewer.id] })
    return {
      find: (id) =>
        cache
          .getQueriesData<Page<UserRow>>({ queryKey })
          .flatMap(([, page]) => page?.items ?? [])
          .find((user) => user.id === id),
      changed(id, change) {
        cache.setQueriesData<Page<UserRow>>({ queryKey }, (page) => {
          if (page === undefined) return page
          const items = page.items.map((user) => (user.id === id ? { ...user, ...change } : user))
          return { ...page, items }
        })
        auditIsOld()
        void cache.invalidateQueries({ queryKey })
      },
      gone() {
        auditIsOld()
        void cache.invalidateQueries({ queryKey, refetchType: 'none' })
      },
    }
  }, [cache, viewer])
}
