import { useEffect } from 'react'
import { useApi } from '../api/api.ts'
import { failureText } from '../api/failure-text.ts'
import { useClearTab } from '../auth/use-clear-tab.ts'
import { useFlash } from '../components/flash.tsx'
import { useIsLocked, useSession } from '../session/session-context.ts'
import { followSession } from '../session/session-stream.ts'
import type { Session } from '../session/session.ts'
import { useTabs } from '../session/tabs-context.ts'
import { useViewer } from '../session/viewer.ts'

/** Rechecks the session when a call, another tab, the event stream or the browser hints at a change. */
export function SessionWatch() {
  const api = useApi()
  const flash = useFlash()
  const session = useSession()
  const tabs = useTabs()
  const clearTab = useClearTab()
  const viewerId = useViewer().data?.id
  const isLocked = useIsLocked()

  useEffect(() => {
    return api.onAuthFailure((failure) => {
      if (failure.reason !== 'FORBIDDEN') return session.suspect('ended')
      // FORBIDDEN for an action that the page offers means that the role changed.
      flash.show(failureText(failure), { kind: 'problem' })
      void session.recheck()
    })
  }, [api, flash, session])

  useEffect(() => {
    return tabs.subscribe((message) => {
      switch (message) {
        case 'signed-in':
          return session.suspect('signed-in-elsewhere')
        case 'signed-out':
          return session.suspect('logged-out')
        case 'ended':
          return session.suspect('ended')
        case 'account-closed':
          if (viewerId !== undefined) clearTab('/', 'The account is closed and its data is deleted.')
          return void session.recheck()
        case 'changed':
          return session.changed()
      }
    })
  }, [tabs, session, clearTab, viewerId])

  useEffect(() => {
    if (viewerId === undefined || isLocked) return
    const stop = new AbortController()
    const onChange = () => {
      tabs.post('changed')
      session.changed()
    }
    const { firstFingerprint } = session
    void followSession({ client: api.client, firstFingerprint, onChange }, stop.signal)
    return () => stop.abort()
  }, [api, session, tabs, viewerId, isLocked])

  useEffect(() => watchAbsence(session), [session])

  return null
}

/**
 * Rechecks the session when the tab gets the focus or the network returns. A frozen tab receives no messages,
 * and another user may be logged in when it resumes. So the tab is locked before it freezes.
 */
function watchAbsence(session: Session): () => void {
  const stop = new AbortController()
  const { signal } = stop
  const wake = () => session.suspect('away')
  document.addEventListener('freeze', session.lock, { signal })
  document.addEventListener('resume', wake, { signal })
  window.addEventListener('pagehide', ({ persisted }) => persisted && session.lock(), { signal })
  window.addEventListener('pageshow', ({ persisted }) => persisted && wake(), { signal })
  // A locked page asks in any case: a log-in may have replaced the session meanwhile.
  const onFocus = () => void session.recheck({ unlessFresh: session.read().lockScreen === null })
  window.addEventListener('focus', onFocus, { signal })
  window.addEventListener('online', () => void session.recheck(), { signal })
  return () => stop.abort()
}
