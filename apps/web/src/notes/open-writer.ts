import { Note } from '@app/contract'
import * as z from 'zod/mini'
import { timeLimit } from '../api/time-limit.ts'
import type { DraftDeps } from '../drafts/draft-restorer.ts'
import { noteKeyPrefix } from './note-key.ts'
import { NoteWriter } from './note-writer.ts'
import { saveNote } from './save-note.ts'
import { notesCache } from './use-notes.ts'
import type { KeptNote } from './writer-port.ts'

/**
 * After this time a save has failed: it is retried, and the page shows that. Other actions in the tab may
 * wait for the save.
 */
const saveLimitMs = 20_000

export function openWriter(deps: DraftDeps, note: Note | null, kept?: KeptNote): NoteWriter {
  const { viewer, api, session } = deps
  const notes = notesCache(deps.cache, viewer)
  return new NoteWriter(
    {
      ownerId: viewer.id,
      send: async (base, ...sent) => {
        const signal = timeLimit(saveLimitMs)
        // An update of another user's note fails, but a new note would be created for that user. A tab may
        // miss a change of the cookie, so the session is rechecked. Without a response the save finds out.
        if (base === null) await Promise.race([session.recheck(), endOf(signal)])
        if (!session.isActiveFor(viewer)) return { outcome: 'signed-out' }
        return saveNote({ api, signal }, base, ...sent)
      },
      onSaved: (saved, former) => {
        notes.saved(saved, former === null)
        deps.tabs.postDocumentChange({ kind: 'note', id: saved.id })
      },
    },
    note,
    kept,
  )
}

/** Restores and saves the notes that were unsaved when the page crashed or was reloaded. */
export function restoreDrafts(deps: DraftDeps): void {
  deps.drafts.restore(deps.viewer, noteKeyPrefix, (content) => {
    const { success, data } = Kept.safeParse(content)
    return success ? openWriter(deps, data.base, data) : null
  })
}

const Text = z.object({ title: z.string(), body: z.string() })

const Kept = z.object({
  key: z.string(),
  base: z.nullable(Note),
  text: Text,
  unanswered: z.array(z.object({ text: Text, at: z.number() })),
})

function endOf(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
