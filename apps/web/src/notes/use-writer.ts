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
 * Returns the writer of the note at an address, the same one while that address is open. The first save
 * changes the address of a new note but not its writer. Until then the history entry contains the key of the
 * writer, because all unsaved new notes have the same address.
 * @param note the stored note, null for a new one, undefined while unknown
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

/** Returns whether a new note is empty, so that it can be reused. */
function isUntouched(writer: NoteWriter): boolean {
  return writer.address === 'new' && writer.read().state.status === 'empty' && !writer.mayBeStored
}

/**
 * Restores the text typed before a crash or a reload before a page looks for drafts.
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
