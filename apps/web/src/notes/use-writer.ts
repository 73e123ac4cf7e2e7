import type { Note, Self } from '@latchkey/contract'
import { useState } from 'react'

import { useApi } from '../api.ts'
import { type Drafts, useDrafts } from '../session/drafts.tsx'
import { useSession } from '../session/session-context.ts'
import { NoteWriter } from './note-writer.ts'
import { saveNote } from './save-note.ts'
import { useNotesCache } from './use-notes.ts'

/**
 * The writer of the note at an address, the same one for as long as that address is open. A new note gets another address with its
 * first save, and keeps its writer.
 * @param note the stored note, null for a new one, undefined while it is not known
 */
export function useWriter(
  viewer: Self,
  address: string,
  note: Note | null | undefined,
): NoteWriter | undefined {
  const drafts = useDrafts()
  const open = useOpenWriter(viewer, drafts)
  const [shown, setShown] = useState<{ address: string; writer: NoteWriter }>()
  const isOpen = shown !== undefined && (shown.address === address || shown.writer.address === address)
  const writer = isOpen
    ? shown.writer
    : (drafts.find(viewer, address) ?? (note === undefined ? undefined : open(note)))
  if (writer && (shown?.writer !== writer || shown.address !== address)) setShown({ address, writer })
  return writer
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
            // An update of another person's note fails; a new note would be made, and be theirs. A tab is not told of everything that
            // happens to the cookie. Without an answer the save finds out why.
            if (base === null) await session.recheck()
            if (!session.isOpenTo(viewer)) return { came: 'signed-out' }
            return saveNote(api, base, ...sent)
          },
          onSaved: (saved, former) => notes.saved(saved, former === null),
        },
        note,
      ),
    )
}
