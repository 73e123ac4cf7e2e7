import type { Note, Self } from '@app/contract'
import { useQueryClient } from '@tanstack/react-query'
import { useLayoutEffect, useState } from 'react'
import { useHistoryState } from 'wouter/use-browser-location'
import { useApi } from '../api/api.ts'
import type { DraftDeps } from '../drafts/draft-restorer.ts'
import { useDrafts } from '../drafts/drafts.tsx'
import { useSession } from '../session/session-context.ts'
import { useTabs } from '../session/tabs-context.ts'
import { draftOf, rememberDraft } from './list-position.ts'
import { NoteWriter } from './note-writer.ts'
import { openWriter, restoreDrafts } from './open-writer.ts'

/**
 * The writer of the note at an address, the same one for as long as that address is open. A new note gets
 * another address with its first save, and keeps its writer. Until then the entry of the history names it:
 * new notes that could not be saved yet are all at the same address.
 * @param note the stored note, null for a new one, undefined while it is not known
 */
export function useWriter(
  viewer: Self,
  address: string,
  note: Note | null | undefined,
): NoteWriter | undefined {
  const deps = useRestoredWriters(viewer)
  const { drafts } = deps
  const isNew = address === 'new'
  const state = useHistoryState<unknown>()
  const draft = isNew ? draftOf(state) : undefined
  const [shown, setShown] = useState<{ address: string; draft: string | undefined; writer: NoteWriter }>()
  const writer = find()
  if (writer && (shown?.writer !== writer || shown.address !== address || shown.draft !== draft))
    setShown({ address, draft, writer })
  useLayoutEffect(() => {
    if (isNew && writer && writer.key !== draft) rememberDraft(writer.key)
  }, [isNew, writer, draft])
  return writer

  function find(): NoteWriter | undefined {
    if (shown !== undefined) {
      if (shown.address === address && shown.draft === draft) return shown.writer
      if (isNew ? shown.writer.key === draft : shown.writer.address === address) return shown.writer
    }
    const draftHere = isNew
      ? (drafts.find(viewer, NoteWriter, ({ key }) => key === draft) ??
        drafts.find(viewer, NoteWriter, isUntouched))
      : drafts.find(viewer, NoteWriter, (each) => each.address === address)
    return draftHere ?? (note === undefined ? undefined : drafts.add(openWriter(deps, note)))
  }
}

/** A new note in which nothing is written is as good as another one. */
function isUntouched(writer: NoteWriter): boolean {
  return writer.address === 'new' && writer.read().state.status === 'empty' && !writer.mayBeStored
}

/**
 * Makes sure that what was typed before a crash or a reload is among the drafts before a page looks for them.
 */
export function useRestoredWriters(viewer: Self): DraftDeps {
  const deps = {
    viewer,
    api: useApi(),
    cache: useQueryClient(),
    session: useSession(),
    drafts: useDrafts(),
    tabs: useTabs(),
  }
  restoreDrafts(deps)
  return deps
}
