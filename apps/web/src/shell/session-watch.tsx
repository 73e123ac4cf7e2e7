import { useEffect } from 'react'

import { useApi } from '../api/api.ts'
import { failureText } from '../api/failure-text.ts'
import { useForget } from '../auth/use-forget.ts'
import { useFlash } from '../components/flash.tsx'
import { useSession, useSessionState } from '../session/session-context.ts'
import { followSession } from '../session/session-stream.ts'
import type { Session } from '../session/session.ts'
import { useTabs } from '../session/tabs-context.ts'
import { useViewer } from '../session/viewer.ts'

/** Everything by which a tab learns that its session may be another one now. All of it only leads to a question to the server. */
export function SessionWatch() {
  const api = useApi()
  const flash = useFlash()
  const session = useSession()
  const tabs = useTabs()
  const forget = useForget()
  const viewerId = useViewer().data?.id
  const isLocked = useSessionState().cover?.locked === true

  useEffect(() => {
    return api.onCallerRefused((failure) => {
      if (failure.reason !== 'FORBIDDEN') return session.doubt('ended')
      // A person who is refused what the page still offers has another role by now.
      flash.show(failureText(failure))
      void session.recheck()
    })
  }, [api, flash, session])

  useEffect(() => {
    return tabs.listen((news) => {
      switch (news) {
        case 'signed-in':
          return session.doubt('somebody-entered')
        case 'signed-out':
          return session.doubt('logged-out')
        case 'ended':
          return session.doubt('ended')
        case 'account-gone':
          if (viewerId !== undefined)
            forget('/', 'The account is closed. Its notes, its profile and its sessions are gone.')
          return void session.recheck()
        case 'changed':
          return session.changed()
      }
    })
  }, [tabs, session, forget, viewerId])

  useEffect(() => {
    if (viewerId === undefined || isLocked) return
    const stop = new AbortController()
    const onNews = () => {
      tabs.tell('changed')
      session.changed()
    }
    void followSession({ client: api.client, onNews }, stop.signal)
    return () => stop.abort()
  }, [api, session, tabs, viewerId, isLocked])

  useEffect(() => watchAbsence(session), [session])

  return null
}

/**
 * A tab that only was out of sight has heard all news: it asks in passing, and shows what it showed. One that stood still has
 * heard nothing, and may belong to somebody else by now: it is covered before it stops, so that it is covered when it wakes.
 */
function watchAbsence(session: Session): () => void {
  const stop = new AbortController()
  const { signal } = stop
  const wake = () => session.doubt('away')
  document.addEventListener('freeze', session.hide, { signal })
  document.addEventListener('resume', wake, { signal })
  window.addEventListener('pagehide', ({ persisted }) => persisted && session.hide(), { signal })
  window.addEventListener('pageshow', ({ persisted }) => persisted && wake(), { signal })
  window.addEventListener('focus', () => void session.recheck({ unlessFresh: true }), { signal })
  window.addEventListener('online', () => void session.recheck(), { signal })
  return () => stop.abort()
}
