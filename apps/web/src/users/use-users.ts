import type { Self } from '@latchkey/contract'
import { useQuery } from '@tanstack/react-query'

import { useApi } from '../api.ts'

/** One page of the users, as far as the viewer may see them, by user name. */
export function useUsers(viewer: Self, { search, cursor }: { search: string; cursor: string | undefined }) {
  const { client, answer } = useApi()
  return useQuery({
    queryKey: ['users', viewer.id, search, cursor ?? null],
    queryFn: ({ signal }) =>
      answer(client.users.list.query({ cursor, search: search === '' ? undefined : search }, { signal })),
    // The page before stays on screen until the next one is there: no jump.
    placeholderData: (previous) => previous,
  })
}
