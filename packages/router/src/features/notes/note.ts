import { notePreview } from '@app/contract'
import type { Note, NoteSummary } from '@app/contract'
import { toInstant } from '../../ports/clock.ts'
import type { OwnNote } from './store.ts'

export function toNote({ created_at, updated_at, ...note }: OwnNote): Note {
  return { ...note, createdAt: toInstant(created_at), updatedAt: toInstant(updated_at) }
}

/** @param row a note, or one whose `body` is only the start that the preview needs */
export function toNoteSummary(row: OwnNote): NoteSummary {
  const { body: _body, ...note } = toNote(row)
  // Copied: V8 keeps a whole text in memory for a part of it.
  return { ...note, preview: Buffer.from(notePreview(row)).toString() }
}
