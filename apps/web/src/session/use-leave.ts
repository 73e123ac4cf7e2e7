import { useLocation } from 'wouter'

import { useFlash } from '../components/flash.tsx'
import { useDrafts } from './drafts.tsx'
import { useSession } from './session-context.ts'
import { useTabs } from './tabs-context.ts'

/**
 * Shows that the person is logged out, here and in the other tabs, after the server has ended the session as they wished.
 * `path` is where they are led to; the log-in, if nothing else is said.
 */
export function useLeave(): (farewell: string, path?: string) => void {
  const flash = useFlash()
  const drafts = useDrafts()
  const session = useSession()
  const tabs = useTabs()
  const [, navigate] = useLocation()
  return (farewell, path = '/login') => {
    flash.show(farewell, path)
    drafts.clear()
    session.leave()
    tabs.tell('signed-out')
    navigate(path)
  }
}
