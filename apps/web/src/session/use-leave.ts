import { useLocation } from 'wouter'

import { useFlash } from '../components/flash.tsx'
import { useDrafts } from './drafts.tsx'
import { useTabs } from './tabs-context.ts'
import { useSessionChange } from './use-session-change.ts'

/** Shows that the person is logged out, here and in the other tabs, after the server has ended the session as they wished. */
export function useLeave(): (farewell: string) => void {
  const flash = useFlash()
  const drafts = useDrafts()
  const session = useSessionChange()
  const tabs = useTabs()
  const [, navigate] = useLocation()
  return (farewell) => {
    flash.show(farewell, '/login')
    drafts.clear()
    session.leave()
    tabs.tell('signed-out')
    navigate('/login')
  }
}
