import { createContext, use, useSyncExternalStore } from 'react'
import type { Session } from './session.ts'

const SessionContext = createContext<Session | null>(null)

export const SessionProvider = SessionContext.Provider

export function useSession(): Session {
  const session = use(SessionContext)
  if (session === null) throw new TypeError('useSession is called outside SessionProvider')
  return session
}

export function useSessionState(): ReturnType<Session['read']> {
  const session = useSession()
  return useSyncExternalStore(session.subscribe, session.read)
}

/** Returns whether the lock screen covers the page because the session of the viewer is over. */
export function useIsLocked(): boolean {
  return useSessionState().lockScreen?.status === 'locked'
}
