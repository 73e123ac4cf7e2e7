import type { Note, Self } from '@latchkey/contract'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { type Api, useApi } from '../api.ts'
import { type Drafts, useDrafts } from '../session/drafts.tsx'
import { viewerKey } from '../session/viewer.ts'
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
  const cache = useQueryClient()
  const notes = useNotesCache(viewer)
  return (note) =>
    drafts.add(
      new NoteWriter(
        {
          ownerId: viewer.id,
          send: async (base, ...sent) => {
            if (!isViewer(cache, viewer)) return { came: 'signed-out' }
            // An update of another person's note fails; a new note would be made, and be theirs.
            if (base === null && (await isSomebodyElse(api, viewer))) {
              void cache.invalidateQueries({ queryKey: viewerKey })
              return { came: 'signed-out' }
            }
            return saveNote(api, base, ...sent)
          },
          onSaved: (saved, former) => notes.saved(saved, former === null),
        },
        note,
      ),
    )
}

/** Somebody else may have logged in meanwhile in this browser: what one person wrote must never become the other's note. */
function isViewer(cache: QueryClient, owner: Self): boolean {
  const state = cache.getQueryState<Self | null>(viewerKey)
  return state?.data?.id === owner.id && !state.isInvalidated
}

/** Asks the server, because a tab is not told of everything that happens to the cookie. Without an answer the save finds out why. */
async function isSomebodyElse(api: Api, owner: Self): Promise<boolean> {
  const session = await api.attempt(api.client.auth.session.query())
  return session.ok && session.data !== null && session.data.user.id !== owner.id
}
