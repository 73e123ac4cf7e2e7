import { useTabs } from '../session/tabs-context.ts'
import { useClearTab } from './use-clear-tab.ts'

/**
 * Shows in all tabs that the user is logged out, after the server ended the session at the user's request.
 * `account-closed` clears the other tabs too. `ended`, for a disabled account, locks them without a promise
 * that a log-in works.
 */
export function useShowSignedOut(): (message: string, reason?: 'account-closed' | 'ended') => void {
  const clearTab = useClearTab()
  const tabs = useTabs()
  return (message, reason) => {
    clearTab(reason === 'account-closed' ? '/' : '/login', message)
    tabs.post(reason ?? 'signed-out')
  }
}
