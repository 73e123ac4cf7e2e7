import type { Self } from '@app/contract'
import { useQuery } from '@tanstack/react-query'

import { useApi } from '../api/api.ts'
import { CallFailed, isOwnDefect } from '../api/call-failed.ts'
import { useSession } from './session-context.ts'
import { viewerKey } from './viewer-key.ts'

/**
 * Whose page this is. `data`: null is nobody, undefined is not known yet. When the session is over, the entry keeps the person and
 * is an error beside them: the page is covered, and theirs until somebody else comes.
 */
export function useViewer() {
  const api = useApi()
  const session = useSession()
  return useQuery({
    queryKey: viewerKey,
    queryFn: async ({ signal }): Promise<Self | null> => {
      const current = await api.answer(api.client.auth.session.query(undefined, { signal }))
      // Somebody logged in here while this answer was on its way: it is about the time before.
      signal.throwIfAborted()
      const present = current?.user ?? null
      if (session.settle(present) === 'over') throw new CallFailed({ reason: 'SESSION_EXPIRED' }, null)
      return present
    },
    // What is around the pages asks too, and that no crash page could replace.
    throwOnError: isOwnDefect,
  })
}
