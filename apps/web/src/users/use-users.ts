import type { Page, Role, Self, UserRow } from '@app/contract'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useApi } from '../api/api.ts'
import { isOwnDefect } from '../api/call-failed.ts'

/** The cache key of the users. It contains the role, because another role sees other columns. */
function usersKey({ id, role }: Self): ['users', string, Role] {
  return ['users', id, role]
}

interface UsersQuery {
  search: string
  cursor?: string | undefined
  enabled?: boolean
  /** A failure does not crash the page, because the list is not its main content. */
  isSecondary?: boolean
}

/** Loads one page of the users that the viewer may see. */
export function useUsers(viewer: Self, { search, cursor, enabled = true, isSecondary = false }: UsersQuery) {
  const { client, valueOrThrow } = useApi()
  return useQuery({
    queryKey: [...usersKey(viewer), search, cursor ?? null],
    queryFn: ({ signal }) =>
      valueOrThrow(
        client.users.list.query({ cursor, search: search === '' ? undefined : search }, { signal }),
      ),
    enabled,
    ...(isSecondary && { throwOnError: isOwnDefect }),
    // The former page stays until the next one is loaded, unless the role has changed.
    placeholderData: (page, query) => (query?.queryKey[2] === viewer.role ? page : undefined),
  })
}

interface UsersCache {
  /** Finds a user in the cached lists. */
  find: (id: string) => UserRow | undefined
  /** Shows a known change immediately, then refetches the lists. */
  changed: (id: string, change: Partial<UserRow>) => void
  /** Marks the lists as outdated. They stay on screen until the next load, because the row has a message. */
  markOutdated: () => void
}

/** Updates the lists on screen after an admin action. */
export function useUsersCache(viewer: Self): UsersCache {
  const cache = useQueryClient()
  return useMemo(() => {
    const queryKey = usersKey(viewer)
    const withAnyRole = queryKey.slice(0, 2)
    // Each admin action is an audit event.
    const outdateAudit = () => void cache.invalidateQueries({ queryKey: ['audit', viewer.id] })
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
        outdateAudit()
        void cache.invalidateQueries({ queryKey: withAnyRole })
      },
      markOutdated() {
        outdateAudit()
        void cache.invalidateQueries({ queryKey: withAnyRole, refetchType: 'none' })
      },
    }
  }, [cache, viewer])
}
