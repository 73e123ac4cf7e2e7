import type { Self } from '@latchkey/contract'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useLocation } from 'wouter'

import { useApi } from '../api.ts'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { useFlash } from '../components/flash.tsx'
import { type Message, failureMessage } from '../failure-sentence.ts'
import { useDrafts } from '../session/drafts.tsx'
import { calledBy } from './note-text.ts'
import type { NoteWriter } from './note-writer.ts'
import { useNotesCache } from './use-notes.ts'

interface DeleteNoteProps {
  viewer: Self
  writer: NoteWriter
  onClose: () => void
}

export function DeleteNote({ viewer, writer, onClose }: DeleteNoteProps) {
  const api = useApi()
  const flash = useFlash()
  const notes = useNotesCache(viewer)
  const drafts = useDrafts()
  const [, navigate] = useLocation()
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<Message>()

  async function remove() {
    setPending(true)
    setProblem(undefined)
    // A save that is under way may be the one that makes the note.
    await writer.save()
    const id = writer.read().base?.id
    const result = id === undefined ? null : await api.attempt(api.client.notes.remove.mutate({ id }))
    setPending(false)
    // Gone already is what was wanted.
    if (result && !result.ok && result.failure.reason !== 'NOT_FOUND') {
      setProblem(failureMessage(result.failure))
      return
    }
    drafts.discard(writer)
    flash.show('Note deleted.', '/')
    // What shows the note has to be gone before the note is.
    flushSync(() => navigate('/', { replace: true }))
    if (id !== undefined) notes.removed(id)
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
      <p>“{calledBy(writer.read().text) || 'New note'}” will be gone for good.</p>
    </ConfirmDialog>
  )
}
