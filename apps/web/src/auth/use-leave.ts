import { useTabs } from '../session/tabs-context.ts'
import { useForget } from './use-forget.ts'

/**
 * Shows that the person is logged out, here and in the other tabs, after the server has ended the session as they wished. With
 * an account that is gone there is nobody to come back: the other tabs forget them too. With one that is disabled it is not known
 * whether anybody will: `ended` promises nothing.
 */
export function useLeave(): (farewell: string, why?: 'account-gone' | 'ended') => void {
  const forget = useForget()
  const tabs = useTabs()
  return (farewell, why) => {
    forget(why === 'account-gone' ? '/' : '/login', farewell)
    tabs.tell(why ?? 'signed-out')
  }
}
