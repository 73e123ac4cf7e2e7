import * as z from 'zod/mini'
import { Page, pageFields } from '../pagination.ts'
import { Id, Instant, SearchText, text } from '../text.ts'
import { noteLimits } from './limits.ts'

/** `revision` counts the saved versions from 1; an update names the version that it changes. */
export const Note = z.object({
  id: Id,
  title: z.string(),
  body: z.string(),
  revision: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
})
export type Note = z.infer<typeof Note>

/** A note in a list: the start of its text instead of the whole. `notePreview` derives it. */
export const NoteSummary = z.object({
  id: Id,
  title: z.string(),
  preview: z.string(),
  revision: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
})
export type NoteSummary = z.infer<typeof NoteSummary>

export const NotePage = Page(NoteSummary)

const NoteTitle = z
  .pipe(
    text('Title', noteLimits.title),
    z.transform((title) => title.trim()),
  )
  .check(z.refine((title) => title.length > 0, 'Enter a title.'))
const NoteBody = text('Text', noteLimits.body)

export const ListNotesInput = z.prefault(
  z.strictObject({ ...pageFields, search: z.optional(SearchText) }),
  {},
)
export const NoteIdInput = z.strictObject({ id: Id })
export const CreateNoteInput = z.strictObject({ title: NoteTitle, body: z._default(NoteBody, '') })
export const UpdateNoteInput = z.strictObject({
  id: Id,
  revision: z.int({ error: 'The revision is a whole number.' }).check(z.gte(1, 'Revisions start at 1.')),
  title: z.optional(NoteTitle),
  body: z.optional(NoteBody),
})
