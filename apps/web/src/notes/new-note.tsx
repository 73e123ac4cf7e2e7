import type { Self } from '@latchkey/contract'

import { useApi } from '../api.ts'
import { Card } from '../components/card.tsx'
import { useFlash } from '../components/flash.tsx'
import { failureSentence } from '../failure-sentence.ts'
import { formProblems } from '../form-problems.ts'
import { NoteForm } from './note-form.tsx'
import { useNotesCache } from './use-notes.ts'

interface NewNoteProps {
  viewer: Self
  onDone: () => void
}

export function NewNote({ viewer, onDone }: NewNoteProps) {
  const api = useApi()
  const flash = useFlash()
  const notes = useNotesCache(viewer)
  return (
    <Card heading="New note">
      <NoteForm
        label="New note"
        onCancel={onDone}
        onSave={async (text) => {
          const result = await api.attempt(api.client.notes.create.mutate(text))
          if (result.ok) {
            await notes.added()
            flash.show('Note saved.')
            onDone()
            return undefined
          }
          const { failure } = result
          switch (failure.reason) {
            case 'TOO_MANY_NOTES':
              return { form: failureSentence(failure) }
            default:
              return formProblems(failure, result.requestId)
          }
        }}
      />
    </Card>
  )
}
