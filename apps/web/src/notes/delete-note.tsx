import type { Self } from '@app/contract'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useLocation } from 'wouter'
import { useApi } from '../api/api.ts'
import type { Message } from '../api/failure-text.ts'
import { buttonProblem } from '../api/form-problems.ts'
import { ConfirmDialog } from '../components/confirm-dialog.tsx'
import { useFlash } from '../components/flash.tsx'
import { useDrafts } from '../drafts/drafts.tsx'
import { useTabs } from '../session/tabs-context.ts'
import { displayTitle } from './note-text.ts'
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
  const tabs = useTabs()
  const [, navigate] = useLocation()
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<Message>()

  async function remove() {
    setPending(true)
    setProblem(undefined)
    // A running save may create the note.
    await writer.save()
    // A save without a response may have created the note. The next save finds that out.
    if (writer.mayBeStored) await writer.save({ now: true })
    if (writer.mayBeStored) {
      setPending(false)
      setProblem(
        'It is not known yet whether this note was stored. Try again when the server can be reached.',
      )
      return
    }
    const id = writer.read().base?.id
    const result = id === undefined ? null : await api.attempt(api.client.notes.remove.mutate({ id }))
    setPending(false)
    // NOT_FOUND: the note is already deleted.
    if (result && !result.ok && result.failure.reason !== 'NOT_FOUND') {
      setProblem(buttonProblem(result.failure, result.requestId))
      return
    }
    drafts.discard(writer)
    if (window.location.pathname === `/notes/${writer.address}`) {
      flash.show('Note deleted.', { path: '/' })
      // The page of the note must be removed before the note.
      flushSync(() => navigate('/', { replace: true }))
    } else {
      // The user opened another page before the response and stays there.
      flash.show('Note deleted.')
    }
    if (id === undefined) return
    notes.removed(id)
    tabs.postDocumentChange({ kind: 'note', id })
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
      <p>
        “<bdi>{displayTitle(writer.read().text) || 'New note'}</bdi>” will be deleted. This cannot be undone.
      </p>
    </ConfirmDialog>
  )
}
