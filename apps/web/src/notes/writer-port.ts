import type { Note } from '@app/contract'
import type { NoteText } from './note-text.ts'
import type { SaveOutcome, Unanswered } from './save-note.ts'

/** The dependencies of a note writer. */
export interface WriterPort {
  ownerId: string
  send: (base: Note | null, text: NoteText, unanswered: readonly Unanswered[]) => Promise<SaveOutcome>
  /** @param former the previously stored version; null for a new note */
  onSaved: (note: Note, former: Note | null) => void
}

/** The state from which a writer of another document continues an unsaved note. */
export interface KeptNote {
  /** The key of the first writer, which history entries contain. */
  key: string
  /** The stored note on which the text is based; null for a new one. */
  base: Note | null
  text: NoteText
  unanswered: readonly Unanswered[]
}
