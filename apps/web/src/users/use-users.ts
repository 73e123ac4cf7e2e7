import type { Page, Role, Self, UserRow } from '@app/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'

import { useApi } from '../api/api.ts'
import { isOwnDefect } from '../api/call-failed.ts'

/** The cache entries of what a person may see of the users: with another role they see something else. */
function usersKey({ id, role }: Self): ['users', string, Role] {
  return ['users', id, role]
}

interface UsersAsked {
  search: string
  cursor?: string | undefined
  enabled?: boolean
  /** Asked beside what a page is about, which a failure of the server leaves alone. */
  isAside?: boolean
}

/** One page of the users, as far as the viewer may see them, by user name. */
export function useUsers(viewer: Self, { search, cursor, enabled = true, isAside = false }: UsersAsked) {
  const { client, answer } = useApi()
  return useQuery({
    queryKey: [...usersKey(viewer), search, cursor ?? null],
    queryFn: ({ signal }) =>
      answer(client.users.list.query({ cursor, search: search === '' ? undefined : search }, { signal })),
    enabled,
    ...(isAside && { throwOnError: isOwnDefect }),
    // The page before stays on screen until the next one is there: no jump. What was seen with another role does not.
    placeholderData: (page, query) => (query?.queryKey[2] === viewer.role ? page : undefined),
  })
}

interface UsersCache {
  /** Somebody who was on screen a short while ago. */
  find: (id: string) => UserRow | undefined
  /** Shows at once what is known to have changed, then asks for the rest. */
  changed: (id: string, change: Partial<UserRow>) => void
  /** What is on screen stays until the list is asked for again: the row says itself what became of it. */
  old: () => void
}

/** Keeps the lists on screen in step with what an administrator does. */
export function useUsersCache(viewer: Self): UsersCache {
  const cache = useQueryClient()
  return useMemo(() => {
    const queryKey = usersKey(viewer)
    const withAnyRole = queryKey.slice(0, 2)
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
        void cache.invalidateQueries({ queryKey: withAnyRole })
      },
      old() {
        auditIsOld()
        void cache.invalidateQueries({ queryKey: withAnyRole, refetchType: 'none' })
      },
    }
  }, [cache, viewer])
}
