import type { Note } from '@app/contract'
import { useEffect, useState } from 'react'
import { useTabs } from '../session/tabs-context.ts'

/** Returns whether another tab of this browser saved the note after the version on which this tab builds. */
export function useChangedInTab(base: Note | null): boolean {
  const tabs = useTabs()
  const [changedAfter, setChangedAfter] = useState<number | null>(null)
  const id = base?.id
  const revision = base?.revision ?? null
  useEffect(
    () => tabs.onDocumentChange('note', (changed) => changed === id && setChangedAfter(revision)),
    [tabs, id, revision],
  )
  return revision !== null && changedAfter === revision
}
