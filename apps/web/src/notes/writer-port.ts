import type { Note } from '@app/contract'
import type { NoteText } from './note-text.ts'
import type { SaveOutcome, Unanswered } from './save-note.ts'

/** What a writer of a note reaches outside with. */
export interface WriterPort {
  ownerId: string
  send: (base: Note | null, text: NoteText, unanswered: readonly Unanswered[]) => Promise<SaveOutcome>
  /** @param former what was stored before; null when the note is new */
  onSaved: (note: Note, former: Note | null) => void
}

/** All that a writer of another document needs to go on with a note that is not saved. */
export interface KeptNote {
  /** Of the first writer; the history of the browser knows a new note by it. */
  key: string
  /** The stored note that the text was made from; null of a new one. */
  base: Note | null
  text: NoteText
  unanswered: readonly Unanswered[]
}
