import type { Self } from '@latchkey/contract'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'

import { viewerKey } from './viewer.ts'

interface SessionChange {
  /** Somebody logged in here, perhaps somebody else than before. */
  enter: (viewer: Self) => void
  /** Nobody is logged in any more. */
  leave: () => void
  /** The person changed something about themselves. */
  update: (viewer: Self) => void
  /** The person may have another role by now. */
  recheck: () => void
  /** Somebody logged in or out elsewhere in this browser: what is known is worth nothing. */
  doubt: () => void
}

/** The only place that changes who is logged in; whatever the cache holds of the former person goes with them. */
export function useSessionChange(): SessionChange {
  const cache = useQueryClient()
  return useMemo(
    () => ({
      enter: (viewer) => replaceViewer(cache, viewer),
      leave: () => replaceViewer(cache, null),
      update: (viewer) => cache.setQueryData(viewerKey, viewer),
      recheck: () => void cache.invalidateQueries({ queryKey: viewerKey }),
      doubt: () => {
        dropAllButViewer(cache)
        void cache.invalidateQueries({ queryKey: viewerKey })
      },
    }),
    [cache],
  )
}

function replaceViewer(cache: QueryClient, viewer: Self | null): void {
  // An answer that is still on its way belongs to the former person.
  void cache.cancelQueries()
  cache.setQueryData(viewerKey, viewer)
  dropAllButViewer(cache)
}

/** The entry of the viewer itself stays: mounted parts of the page are attached to it. */
function dropAllButViewer(cache: QueryClient): void {
  cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== viewerKey[0] })
}
