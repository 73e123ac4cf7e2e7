import type { Self } from '@app/contract'
import type { QueryClient, QueryKey } from '@tanstack/react-query'

import { viewerKey } from './viewer-key.ts'

/** Why nobody may see the page at the moment. */
export type Doubt =
  /** The server said that the session is over. */
  | 'ended'
  /** The person logged out in another tab. */
  | 'logged-out'
  /** Somebody logged in in another tab, perhaps somebody else. */
  | 'somebody-entered'
  /** The page stood still and heard nothing: out of the browser's memory of pages, or frozen. */
  | 'away'

export interface Cover {
  why: Doubt
  /** The server has said that nobody is logged in; until then it is being asked. */
  locked: boolean
}

interface SessionState {
  /** Null: the page is open. */
  cover: Cover | null
  /** Counts the persons who followed one another here. What is keyed by it is thrown away whole with the former one. */
  turn: number
}

/**
 * Whose page this is. The viewer in the cache stays whom the page belongs to, also while the page is covered because their session
 * is over: the same person finds everything as it was, anybody else nothing of it.
 */
export interface Session {
  read: () => SessionState
  subscribe: (listener: () => void) => () => void
  /** Whether the person is here, as far as anybody knows: what is theirs may be sent. */
  isOpenTo: (person: Self) => boolean
  /** What the server says about who is logged in. */
  settle: (present: Self | null) => 'known' | 'over'
  /** Somebody logged in here. */
  enter: (viewer: Self) => void
  /** The person wants to go; whatever the cache holds of them goes too. */
  leave: () => void
  /** The person changed something about themselves. False: by the time of the answer the page is not theirs any more. */
  update: (viewer: Self) => boolean
  /** Covers the page at once, and asks the server. */
  doubt: (why: Doubt) => void
  /** Covers the page at once, for a time in which nobody can be asked. */
  hide: () => void
  /**
   * Asks the server who is there; the page stays as it is until then. Resolves when there is an answer, or none can be got.
   * `unlessFresh`: not when the last answer is as young as any page may be.
   */
  recheck: (options?: { unlessFresh?: boolean }) => Promise<void>
  /** The server said that something is different about the session, its person or their other sessions. */
  changed: () => void
}

interface SessionPorts {
  cache: QueryClient
  /** Hides everything in the document at once. The render that takes `cover` away shows it again. */
  coverDocument: () => void
  /** Opens the start page, in place of the one on screen. */
  goHome: () => void
}

export function createSession({ cache, coverDocument, goHome }: SessionPorts): Session {
  const listeners = new Set<() => void>()
  let state: SessionState = { cover: null, turn: 0 }

  function set(change: Partial<SessionState>) {
    state = { ...state, ...change }
    if (state.cover !== null) coverDocument()
    for (const listener of listeners) listener()
  }

  const known = () => cache.getQueryData<Self | null>(viewerKey) ?? null

  function hide(why: Doubt) {
    // A stranger's page shows nothing of anybody.
    if (known() === null) return
    if (state.cover?.locked !== true) set({ cover: { why, locked: false } })
    // The server's word may come first, and does not know that the person wanted it so.
    else if (why === 'logged-out') set({ cover: { why, locked: true } })
  }

  const recheck = ({ unlessFresh = false } = {}) =>
    unlessFresh
      ? cache.refetchQueries({ queryKey: viewerKey, type: 'active', stale: true }, { cancelRefetch: false })
      : cache.invalidateQueries({ queryKey: viewerKey })

  function replaceViewer(viewer: Self | null) {
    // An answer that is still on its way belongs to the former person.
    void cache.cancelQueries()
    cache.setQueryData(viewerKey, viewer)
    cache.removeQueries({ predicate: isNotViewer })
  }

  function settle(present: Self | null): 'known' | 'over' {
    const owner = known()
    if (owner !== null && present === null) {
      set({ cover: { why: state.cover?.why ?? 'ended', locked: true } })
      return 'over'
    }
    if (owner !== null && present !== null && owner.id !== present.id) {
      replaceViewer(present)
      goHome()
      set({ cover: null, turn: state.turn + 1 })
      return 'known'
    }
    if (state.cover !== null) {
      set({ cover: null })
      // Whatever failed meanwhile for want of a session is asked for again.
      void cache.invalidateQueries({ predicate: isNotViewer })
    }
    return 'known'
  }

  return {
    read: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    isOpenTo: ({ id }) => state.cover === null && known()?.id === id,
    settle,
    enter(viewer) {
      void cache.cancelQueries({ queryKey: viewerKey })
      settle(viewer)
      cache.setQueryData(viewerKey, viewer)
    },
    leave() {
      replaceViewer(null)
      set({ cover: null })
    },
    update(viewer) {
      if (known()?.id !== viewer.id) return false
      // An answer that is still on its way may be older than this one.
      void cache.cancelQueries({ queryKey: viewerKey })
      cache.setQueryData(viewerKey, viewer)
      return true
    },
    doubt(why) {
      hide(why)
      void recheck()
    },
    hide() {
      hide('away')
      // An answer from before the standstill says nothing about afterwards.
      void cache.cancelQueries({ queryKey: viewerKey })
    },
    recheck,
    changed() {
      void recheck()
      void cache.invalidateQueries({ predicate: ({ meta }) => meta?.['followsSession'] === true })
    },
  }
}

/** The entry of the viewer itself stays: mounted parts of the page are attached to it. */
function isNotViewer({ queryKey }: { queryKey: QueryKey }): boolean {
  return queryKey[0] !== viewerKey[0]
}
