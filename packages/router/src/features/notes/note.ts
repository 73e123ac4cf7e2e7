import type { Note } from '@app/contract'
import { toInstant } from '../../ports/clock.ts'
import type { OwnNote } from './store.ts'

export function toNote({ created_at, updated_at, ...note }: OwnNote): Note {
  return { ...note, createdAt: toInstant(created_at), updatedAt: toInstant(updated_at) }
}
