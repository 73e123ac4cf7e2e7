import type { Self } from '@app/contract'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useApi } from '../api/api.ts'
import type { Api } from '../api/api.ts'
import { CallFailed, isOwnDefect } from '../api/call-failed.ts'
import { useSession } from './session-context.ts'
import type { Session } from './session.ts'
import { viewerKey } from './viewer-key.ts'

/**
 * Reads the viewer, the logged-in user of the page. `data` is null when no user is logged in, and undefined
 * until the response arrives. After the end of the session the query has the viewer and an error: the page is
 * locked and belongs to the viewer until another user logs in.
 */
export function useViewer() {
  return useQuery(viewerQuery(useApi(), useSession()))
}

export function viewerQuery(api: Api, session: Session) {
  return queryOptions({
    queryKey: viewerKey,
    queryFn: async ({ signal }): Promise<Self | null> => {
      const current = await api.valueOrThrow(api.client.auth.session.query(undefined, { signal }))
      // A user logged in before this response arrived, so the response is outdated.
      signal.throwIfAborted()
      const user = current?.user ?? null
      const isOpen = session.applyServerSession(user, current?.stateFingerprint)
      if (!isOpen) throw new CallFailed({ reason: 'SESSION_EXPIRED' }, null)
      return user
    },
    // The layout uses this query too, and no crash page could replace the layout.
    throwOnError: isOwnDefect,
  })
}
