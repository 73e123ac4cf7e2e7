import type { Self } from '@app/contract'
import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { viewerKey } from './viewer-key.ts'

/** Why the page is locked. */
export type LockReason =
  /** The server said that the session is over. */
  | 'ended'
  /** The user logged out in another tab. */
  | 'logged-out'
  /** A user, perhaps another one, logged in in another tab. */
  | 'signed-in-elsewhere'
  /** The browser froze the page, or kept it in its back/forward cache: the tab received no messages. */
  | 'away'

export interface LockScreen {
  reason: LockReason
  /** `checking`: waits for the server's answer. `locked`: the server said that no user is logged in. */
  status: 'checking' | 'locked'
}

interface SessionState {
  /** Null while the page is visible. */
  lockScreen: LockScreen | null
  /** Counts the users of this tab. Components keyed by it are unmounted with their user. */
  viewerGeneration: number
}

/**
 * The session as this tab sees it. The viewer in the cache stays the owner of the page while it is locked.
 * After a log-in the same user finds the page unchanged; another user finds none of its data.
 */
export interface Session {
  read: () => SessionState
  subscribe: (listener: () => void) => () => void
  /** Whether the user is logged in here and the page is not locked: only then may their data be sent. */
  isActiveFor: (user: Self) => boolean
  /** Applies the server's answer. Returns false if the session of the viewer is over. */
  applyServerSession: (user: Self | null, stateFingerprint?: string) => boolean
  /**
   * The fingerprint of the state that the tab read first, with which the event stream begins. Undefined after
   * a log-in. Not replaced by later responses: pages may show data that is older than those.
   */
  firstFingerprint: () => string | undefined
  /** A user logged in in this tab. */
  signedIn: (user: Self) => void
  /** The viewer logged out or left. Clears the cache. */
  signedOut: () => void
  /** The viewer changed their profile. Returns false if the page belongs to another user by now. */
  update: (viewer: Self) => boolean
  /** Locks the page immediately and rechecks the session. */
  suspect: (reason: LockReason) => void
  /** Locks the page immediately, before the browser freezes it. */
  lock: () => void
  /**
   * Asks the server who is logged in, without locking the page. Resolves when the response arrived or failed.
   * @param options.unlessFresh skips the call if the last response is younger than `staleTime`
   */
  recheck: (options?: { unlessFresh?: boolean }) => Promise<void>
  /** Rechecks: the server reported a change of the session, the viewer or the viewer's other sessions. */
  changed: () => void
}

interface SessionPorts {
  cache: QueryClient
  /** Hides the document immediately. The render that removes the lock screen shows it again. */
  hideDocument: () => void
  /** Replaces the current page by the start page. */
  goHome: () => void
}

export function createSession({ cache, hideDocument, goHome }: SessionPorts): Session {
  const listeners = new Set<() => void>()
  let state: SessionState = { lockScreen: null, viewerGeneration: 0 }
  let firstFingerprint: string | undefined

  function set(change: Partial<SessionState>) {
    state = { ...state, ...change }
    if (state.lockScreen !== null) hideDocument()
    for (const listener of listeners) listener()
  }

  const viewer = () => cache.getQueryData<Self | null>(viewerKey) ?? null

  function showLockScreen(reason: LockReason) {
    // A page without a viewer shows no data of a user.
    if (viewer() === null) return
    if (state.lockScreen?.status !== 'locked') set({ lockScreen: { reason, status: 'checking' } })
    // The server's response may arrive first, and does not contain that the user logged out.
    else if (reason === 'logged-out') set({ lockScreen: { reason, status: 'locked' } })
  }

  const recheck = ({ unlessFresh = false } = {}) =>
    unlessFresh
      ? cache.refetchQueries({ queryKey: viewerKey, type: 'active', stale: true }, { cancelRefetch: false })
      : cache.invalidateQueries({ queryKey: viewerKey })

  function replaceViewer(next: Self | null) {
    // Responses that have not arrived yet belong to the former viewer.
    void cache.cancelQueries()
    cache.setQueryData(viewerKey, next)
    cache.removeQueries({ predicate: isNotViewer })
    firstFingerprint = undefined
  }

  function applyServerSession(user: Self | null, stateFingerprint?: string): boolean {
    const owner = viewer()
    if (owner === null) firstFingerprint = stateFingerprint
    if (owner !== null && user === null) {
      set({ lockScreen: { reason: state.lockScreen?.reason ?? 'ended', status: 'locked' } })
      return false
    }
    if (owner !== null && user !== null && owner.id !== user.id) {
      replaceViewer(user)
      goHome()
      set({ lockScreen: null, viewerGeneration: state.viewerGeneration + 1 })
      return true
    }
    if (state.lockScreen !== null) {
      set({ lockScreen: null })
      // Repeats the queries that failed while there was no session.
      void cache.invalidateQueries({ predicate: isNotViewer })
    }
    return true
  }

  return {
    read: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    isActiveFor: ({ id }) => state.lockScreen === null && viewer()?.id === id,
    applyServerSession,
    firstFingerprint: () => firstFingerprint,
    signedIn(user) {
      void cache.cancelQueries({ queryKey: viewerKey })
      applyServerSession(user)
      firstFingerprint = undefined
      cache.setQueryData(viewerKey, user)
    },
    signedOut() {
      replaceViewer(null)
      set({ lockScreen: null })
    },
    update(changedViewer) {
      if (viewer()?.id !== changedViewer.id) return false
      // A response that has not arrived yet may be older than this one.
      void cache.cancelQueries({ queryKey: viewerKey })
      cache.setQueryData(viewerKey, changedViewer)
      return true
    },
    suspect(reason) {
      showLockScreen(reason)
      void recheck()
    },
    lock() {
      showLockScreen('away')
      // A response from before the freeze may be outdated.
      void cache.cancelQueries({ queryKey: viewerKey })
    },
    recheck,
    changed() {
      void recheck()
      void cache.invalidateQueries({ predicate: ({ meta }) => meta?.['followsSession'] === true })
    },
  }
}

/** Excludes the entry of the viewer, which mounted components observe. */
function isNotViewer({ queryKey }: { queryKey: QueryKey }): boolean {
  return queryKey[0] !== viewerKey[0]
}
