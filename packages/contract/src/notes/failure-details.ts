import * as z from 'zod/mini'
import { Note } from './notes.ts'

export const noteFailureDetails = {
  /** The stored note, so that no text is lost. */
  NOTE_CHANGED: z.object({ note: Note }),
}
