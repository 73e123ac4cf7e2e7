import { nextCursor } from '../schema-docs/example-fields.ts'
import type { SchemaDocs } from '../schema-docs/schema-doc.ts'

const title = { description: 'One line of text.', examples: ['Shopping'] }
const body = { description: 'The text of the note.', examples: ['Milk, keys'] }
const revision = 'Counts the saved versions from 1.'

export const noteDocs = {
  Note: { description: 'A note of the user.', fields: { title, body, revision } },
  NoteSummary: {
    description: 'A note in a list.',
    fields: { title, preview: { description: 'The start of its text.', examples: ['Milk, keys'] }, revision },
  },
  NotePage: {
    description: 'One page of notes. A page may be short, and that of a search empty.',
    fields: { nextCursor },
  },
  ListNotesInput: {
    description: 'Which notes to list.',
    fields: {
      limit: 'How many items a page has at most. Default: 20.',
      cursor: 'The `nextCursor` of the page before. Do not parse it.',
    },
  },
  NoteIdInput: { description: 'A note of the user.' },
  CreateNoteInput: { description: 'A new note.', fields: { title, body } },
  UpdateNoteInput: {
    description: 'The fields to change. Others keep their values.',
    fields: {
      title,
      body,
      revision: {
        description: 'The revision that is changed. If the note has another one, nothing is saved.',
        examples: [1],
      },
    },
  },
} as const satisfies SchemaDocs
