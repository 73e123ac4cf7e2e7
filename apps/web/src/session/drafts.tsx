import type { Note, Self } from '@latchkey/contract'
import { type ReactNode, createContext, use, useCallback, useMemo, useState } from 'react'

/** Text that was typed and not saved. `base` is the version that it was made from; null for a new note. */
export interface Draft {
  title: string
  body: string
  base: Note | null
}

const DraftsContext = createContext<Map<string, Draft> | null>(null)

/**
 * Drafts outlive the page on which they were typed: a session that ends in the middle of a note leads to the log-in and
 * back, and the text is still there. They live in the memory of this tab only, each under its owner's id.
 */
export function DraftsProvider({ children }: { children: ReactNode }) {
  const [drafts] = useState(() => new Map<string, Draft>())
  return <DraftsContext value={drafts}>{children}</DraftsContext>
}

interface DraftOfNote {
  draft: Draft | undefined
  keep: (draft: Draft) => void
  drop: () => void
}

/** @param noteId null for a note that does not exist yet */
export function useDraft(viewer: Self, noteId: string | null): DraftOfNote {
  const drafts = useDrafts()
  const key = `${viewer.id}/${noteId ?? 'new'}`
  return useMemo(
    () => ({
      draft: drafts.get(key),
      keep: (draft) => void drafts.set(key, draft),
      drop: () => void drafts.delete(key),
    }),
    [drafts, key],
  )
}

/** For the log-out: nothing of the person stays. */
export function useDropDrafts(): () => void {
  const drafts = useDrafts()
  return useCallback(() => drafts.clear(), [drafts])
}

function useDrafts(): Map<string, Draft> {
  const drafts = use(DraftsContext)
  if (drafts === null) throw new TypeError('Drafts are used outside DraftsProvider')
  return drafts
}
