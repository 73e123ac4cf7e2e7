import { CreateNoteInput } from '@latchkey/contract'
import type { z } from 'zod'

import { Button } from '../components/button.tsx'
import { EntryForm, type Problems } from '../components/entry-form.tsx'
import { TextAreaField } from '../components/text-area-field.tsx'
import { TextField } from '../components/text-field.tsx'
import type { Draft } from '../session/drafts.tsx'

export type NoteText = z.output<typeof CreateNoteInput>

interface NoteFormProps {
  label: string
  initial?: NoteText
  /** Brings back what was typed before; the focus then stays where it is. */
  draft?: Draft | undefined
  onDraft: (text: NoteText) => void
  onSave: (text: NoteText) => Promise<Problems | undefined>
  onCancel: () => void
}

/** Title and text of a note, new or old. */
export function NoteForm({ label, initial, draft, onDraft, onSave, onCancel }: NoteFormProps) {
  const text = draft ?? initial
  return (
    <EntryForm
      schema={CreateNoteInput}
      label={label}
      submitLabel="Save note"
      onSubmit={onSave}
      onInput={(form) => onDraft(readNote(form))}
      actions={<Button onClick={onCancel}>Cancel</Button>}
    >
      <TextField name="title" label="Title" autoComplete="off" defaultValue={text?.title ?? ''} focused />
      <TextAreaField name="body" label="Text" optional defaultValue={text?.body ?? ''} />
    </EntryForm>
  )
}

function readNote(form: HTMLFormElement): NoteText {
  const { title, body } = Object.fromEntries(new FormData(form))
  return { title: typeof title === 'string' ? title : '', body: typeof body === 'string' ? body : '' }
}
