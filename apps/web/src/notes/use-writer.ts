import type { Note, Self } from '@latchkey/contract'
import { useLayoutEffect, useState } from 'react'
import { useHistoryState } from 'wouter/use-browser-location'

import { useApi } from '../api.ts'
import { type Drafts, useDrafts } from '../session/drafts.tsx'
import { useSession } from '../session/session-context.ts'
import { timeLimit } from '../time-limit.ts'
import { draftOf, rememberDraft } from './list-place.ts'
import { NoteWriter } from './note-writer.ts'
import { saveNote } from './save-note.ts'
import { useNotesCache } from './use-notes.ts'

/** After that a save has failed: it is tried again, and the person is told. Everything else in the tab may be waiting for it. */
const saveLimitMs = 20_000

/**
 * The writer of the note at an address, the same one for as long as that address is open. A new note gets another address with its
 * first save, and keeps its writer. Until then the entry of the history names it: new notes that could not be saved yet are all at
 * the same address.
 * @param note the stored note, null for a new one, undefined while it is not known
 */
export function useWriter(
  viewer: Self,
  address: string,
  note: Note | null | undefined,
): NoteWriter | undefined {
  const drafts = useDrafts()
  const open = useOpenWriter(viewer, drafts)
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
      ? (drafts.find(viewer, ({ key }) => key === draft) ?? drafts.find(viewer, isUntouched))
      : drafts.find(viewer, (each) => each.address === address)
    return draftHere ?? (note === undefined ? undefined : open(note))
  }
}

/** A new note in which nothing is written is as good as another one. */
function isUntouched(writer: NoteWriter): boolean {
  return writer.address === 'new' && writer.read().state.is === 'empty' && !writer.mayBeStored
}

function useOpenWriter(viewer: Self, drafts: Drafts): (note: Note | null) => NoteWriter {
  const api = useApi()
  const session = useSession()
  const notes = useNotesCache(viewer)
  return (note) =>
    drafts.add(
      new NoteWriter(
        {
          ownerId: viewer.id,
          send: async (base, ...sent) => {
            const signal = timeLimit(saveLimitMs)
            // An update of another person's note fails; a new note would be made, and be theirs. A tab is not told of everything that
            // happens to the cookie. Without an answer the save finds out why.
            if (base === null) await Promise.race([session.recheck(), endOf(signal)])
            if (!session.isOpenTo(viewer)) return { came: 'signed-out' }
            return saveNote({ api, signal }, base, ...sent)
          },
          onSaved: (saved, former) => notes.saved(saved, former === null),
        },
        note,
      ),
    )
}

function endOf(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
