import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useApi } from '../api/api.ts'
import { useSession } from '../session/session-context.ts'
import { useTabs } from '../session/tabs-context.ts'
import { useViewer } from '../session/viewer.ts'
import type { DraftRestorer } from './draft-restorer.ts'
import { useDrafts } from './drafts.tsx'
import { useKeptTexts } from './kept-texts-context.tsx'

/**
 * Saves drafts when the tab is hidden, the network returns or the owner logs in. Warns before text is lost.
 */
export function DraftsWatch({ restorers }: { restorers: readonly DraftRestorer[] }) {
  const drafts = useDrafts()
  const { texts } = useKeptTexts()
  const [api, cache, session, tabs] = [useApi(), useQueryClient(), useSession(), useTabs()]
  const { data: viewer, dataUpdatedAt } = useViewer()

  useEffect(() => {
    if (!viewer) return
    for (const { keyPrefix, load } of restorers) {
      if (texts.of(viewer.id, keyPrefix).length === 0) continue
      load().then(
        ({ restoreDrafts }) => restoreDrafts({ viewer, api, cache, session, drafts, tabs }),
        // The code failed to load: the text is kept for the next reload.
        () => undefined,
      )
    }
  }, [restorers, viewer, texts, api, cache, session, drafts, tabs])

  useEffect(() => {
    // Depends on `dataUpdatedAt` too, because the viewer may be the same user after a recheck.
    if (viewer && dataUpdatedAt > 0) drafts.resume(viewer)
  }, [drafts, viewer, dataUpdatedAt])

  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (drafts.unsaved().length === 0) return
      void drafts.saveAll()
      // Chrome before 119 ignores `preventDefault`.
      event.returnValue = true
    }
    const hidden = () => {
      if (document.visibilityState === 'hidden') void drafts.saveAll()
    }
    const online = () => void drafts.saveAll({ now: true })
    window.addEventListener('beforeunload', ask)
    document.addEventListener('visibilitychange', hidden)
    window.addEventListener('online', online)
    return () => {
      window.removeEventListener('beforeunload', ask)
      document.removeEventListener('visibilitychange', hidden)
      window.removeEventListener('online', online)
    }
  }, [drafts])

  return null
}
