import type { Self } from '@latchkey/contract'

import { useApi } from '../api.ts'
import { Card } from '../components/card.tsx'
import { useFlash } from '../components/flash.tsx'
import { failureSentence } from '../failure-sentence.ts'
import { formProblems } from '../form-problems.ts'
import { useDraft } from '../session/drafts.tsx'
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
  const { draft, keep, drop } = useDraft(viewer, null)

  function close() {
    drop()
    onDone()
  }

  return (
    <Card heading="New note">
      <NoteForm
        label="New note"
        draft={draft}
        onDraft={(text) => keep({ ...text, base: null })}
        onCancel={close}
        onSave={async (text) => {
          const result = await api.attempt(api.client.notes.create.mutate(text))
          if (result.ok) {
            await notes.added()
            flash.show('Note saved.')
            close()
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
