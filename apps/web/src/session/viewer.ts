import type { Self } from '@app/contract'
import { useQuery } from '@tanstack/react-query'
import { useApi } from '../api/api.ts'
import { CallFailed, isOwnDefect } from '../api/call-failed.ts'
import { useSession } from './session-context.ts'
import { viewerKey } from './viewer-key.ts'

/**
 * Reads the viewer, the user whose page this is. `data` is null when no user is logged in and undefined until
 * that is known. After the end of the session the query has the viewer and an error: the page is locked, and
 * stays theirs until another user logs in.
 */
export function useViewer() {
  const api = useApi()
  const session = useSession()
  return useQuery({
    queryKey: viewerKey,
    queryFn: async ({ signal }): Promise<Self | null> => {
      const current = await api.answer(api.client.auth.session.query(undefined, { signal }))
      // A user logged in here while this answer was under way: it is about the time before.
      signal.throwIfAborted()
      const user = current?.user ?? null
      if (!session.applyServerSession(user)) throw new CallFailed({ reason: 'SESSION_EXPIRED' }, null)
      return user
    },
    // The layout asks too, and no crash page could replace it.
    throwOnError: isOwnDefect,
  })
}
