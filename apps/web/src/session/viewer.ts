import type { Self } from '@latchkey/contract'
import { useQuery } from '@tanstack/react-query'

import { useApi } from '../api.ts'

/** The cache entry of the person who looks at the page; everything else in the cache belongs to that person. */
export const viewerKey = ['viewer'] as const

/** Who is logged in. `data`: null is nobody, undefined is not known yet. */
export function useViewer() {
  const api = useApi()
  return useQuery({
    queryKey: viewerKey,
    queryFn: async ({ signal }): Promise<Self | null> => {
      const current = await api.answer(api.client.auth.session.query(undefined, { signal }))
      return current?.user ?? null
    },
  })
}
