import type { Note, NoteSummary } from '@app/contract'
import { toInstant } from '../../ports/clock.ts'
import type { OwnNote, OwnNoteSummary } from './store.ts'

export function toNote({ created_at, updated_at, ...note }: OwnNote): Note {
  return { ...note, createdAt: toInstant(created_at), updatedAt: toInstant(updated_at) }
}

export function toNoteSummary({ created_at, updated_at, ...note }: OwnNoteSummary): NoteSummary {
  return { ...note, createdAt: toInstant(created_at), updatedAt: toInstant(updated_at) }
}
