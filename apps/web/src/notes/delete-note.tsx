import type { Note, Self } from '@latchkey/contract'
import { useState } from 'react'
import { flushSync } from 'react-dom'

import { useApi } from '../api.ts'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { useFlash } from '../components/flash.tsx'
import { failureSentence } from '../failure-sentence.ts'
import { useNotesCache } from './use-notes.ts'

interface DeleteNoteProps {
  viewer: Self
  note: Note
  onClose: () => void
  /** The place for the focus has to be found elsewhere: the note and its buttons are gone. */
  onDeleted: () => void
}

export function DeleteNote({ viewer, note, onClose, onDeleted }: DeleteNoteProps) {
  const api = useApi()
  const flash = useFlash()
  const notes = useNotesCache(viewer)
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<string>()

  async function remove() {
    setPending(true)
    setProblem(undefined)
    const result = await api.attempt(api.client.notes.remove.mutate({ id: note.id }))
    setPending(false)
    // Gone already is what was wanted.
    if (!result.ok && result.failure.reason !== 'NOT_FOUND') {
      setProblem(failureSentence(result.failure))
      return
    }
    // The dialog gives the focus back when it closes; only then can it be sent on, away from the note that is about to go.
    flushSync(onClose)
    onDeleted()
    notes.removed(note.id)
    flash.show('Note deleted.')
  }

  return (
    <ConfirmDialog
      title="Delete this note?"
      confirmLabel="Delete note"
      pending={pending}
      problem={problem}
      onConfirm={() => void remove()}
      onClose={onClose}
    >
      <p>“{note.title}” will be gone for good.</p>
    </ConfirmDialog>
  )
}
