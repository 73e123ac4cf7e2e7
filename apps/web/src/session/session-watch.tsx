import { useEffect } from 'react'
import { useLocation } from 'wouter'

import { useApi } from '../api.ts'
import { useFlash } from '../components/flash.tsx'
import { failureSentence } from '../failure-sentence.ts'
import { useDrafts } from './drafts.tsx'
import { currentPath, entranceTo } from './redirect-to.ts'
import { useTabs } from './tabs-context.ts'
import { useSessionChange } from './use-session-change.ts'

/**
 * Leads to the log-in, and back afterwards, when any call finds the session over or another tab ends it. A person who is
 * refused what the page still offers has another role by now.
 */
export function SessionWatch() {
  const api = useApi()
  const flash = useFlash()
  const session = useSessionChange()
  const drafts = useDrafts()
  const tabs = useTabs()
  const [, navigate] = useLocation()

  useEffect(() => {
    return api.onCallerRefused((failure) => {
      if (failure.reason === 'FORBIDDEN') {
        flash.show(failureSentence(failure))
        return session.recheck()
      }
      flash.show(failureSentence(failure), '/login')
      session.leave()
      navigate(entranceTo('/login', currentPath()), { replace: true })
    })
  }, [api, flash, session, navigate])

  useEffect(() => {
    return tabs.listen((news) => {
      if (news === 'signed-in') return session.doubt()
      flash.show('You were logged out in another tab.', '/login')
      drafts.clear()
      session.leave()
      navigate('/login')
    })
  }, [tabs, flash, session, drafts, navigate])

  return null
}
