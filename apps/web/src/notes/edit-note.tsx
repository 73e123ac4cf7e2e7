import type { Note, Self } from '@latchkey/contract'
import { useState } from 'react'

import { useApi } from '../api.ts'
import { useFlash } from '../components/flash.tsx'
import { failureSentence } from '../failure-sentence.ts'
import { formProblems } from '../form-problems.ts'
import { useDraft } from '../session/drafts.tsx'
import { NoteConflict } from './note-conflict.tsx'
import { NoteForm, type NoteText } from './note-form.tsx'
import { useNotesCache } from './use-notes.ts'

interface EditNoteProps {
  viewer: Self
  note: Note
  onDone: () => void
}

export function EditNote({ viewer, note, onDone }: EditNoteProps) {
  const api = useApi()
  const flash = useFlash()
  const notes = useNotesCache(viewer)
  // The list may be refreshed underneath; what is being edited is the version that the person saw.
  const { draft, keep, drop } = useDraft(viewer, note.id)
  const [base, setBase] = useState(draft?.base ?? note)
  const [stored, setStored] = useState<Note | null>(null)

  function close() {
    drop()
    onDone()
  }

  async function save(text: NoteText) {
    // Saving once more after having seen both versions means: this one.
    const revision = stored?.revision ?? base.revision
    const result = await api.attempt(api.client.notes.update.mutate({ id: note.id, revision, ...text }))
    if (result.ok) {
      notes.changed(result.data)
      flash.show('Note saved.')
      close()
      return undefined
    }
    const { failure } = result
    switch (failure.reason) {
      case 'NOTE_CHANGED':
        setStored(failure.note)
        return { form: failureSentence(failure) }
      case 'NOT_FOUND':
        return {
          form: 'This note was deleted somewhere else meanwhile. Copy your text into a new note to keep it.',
        }
      default:
        return formProblems(failure, result.requestId)
    }
  }

  function takeStored(version: Note) {
    drop()
    setBase(version)
    setStored(null)
    notes.changed(version)
  }

  return (
    <>
      <NoteForm
        key={base.revision}
        label={`Edit ${note.title}`}
        initial={base}
        draft={base.id === draft?.base?.id && base.revision === draft.base.revision ? draft : undefined}
        onDraft={(text) => keep({ ...text, base })}
        onSave={save}
        onCancel={close}
      />
      {stored && <NoteConflict stored={stored} onTake={() => takeStored(stored)} />}
    </>
  )
}
