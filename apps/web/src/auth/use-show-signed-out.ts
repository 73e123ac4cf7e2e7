import { useTabs } from '../session/tabs-context.ts'
import { useClearTab } from './use-clear-tab.ts'

/**
 * Shows in all tabs that the user is logged out, after the server has ended the session at their request.
 * After `account-closed` the other tabs are cleared too. After `ended`, for a disabled account, they are
 * locked and promise no way back.
 */
export function useShowSignedOut(): (message: string, reason?: 'account-closed' | 'ended') => void {
  const clearTab = useClearTab()
  const tabs = useTabs()
  return (message, reason) => {
    clearTab(reason === 'account-closed' ? '/' : '/login', message)
    tabs.post(reason ?? 'signed-out')
  }
}
