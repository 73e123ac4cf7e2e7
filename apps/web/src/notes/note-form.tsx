import { CreateNoteInput } from '@latchkey/contract'
import type { z } from 'zod'

import { Button } from '../components/button.tsx'
import { EntryForm, type Problems } from '../components/entry-form.tsx'
import { TextAreaField } from '../components/text-area-field.tsx'
import { TextField } from '../components/text-field.tsx'

export type NoteText = z.output<typeof CreateNoteInput>

interface NoteFormProps {
  label: string
  initial?: NoteText
  onSave: (text: NoteText) => Promise<Problems | undefined>
  onCancel: () => void
}

/** Title and text of a note, new or old. */
export function NoteForm({ label, initial, onSave, onCancel }: NoteFormProps) {
  return (
    <EntryForm
      schema={CreateNoteInput}
      label={label}
      submitLabel="Save note"
      onSubmit={onSave}
      actions={<Button onClick={onCancel}>Cancel</Button>}
    >
      <TextField name="title" label="Title" autoComplete="off" defaultValue={initial?.title ?? ''} focused />
      <TextAreaField name="body" label="Text" optional defaultValue={initial?.body ?? ''} />
    </EntryForm>
  )
}
