import { cursor, id, length, page } from '../input-edges.fixture.ts'
import type { Edge } from '../input-edges.fixture.ts'

/** Written out, so that a change of a limit in the code needs a change here. */
export const noteInputEdges: Record<string, Edge> = {
  'CreateNoteInput.title': length(1, 200),
  'CreateNoteInput.body': length(0, 20_000),
  'UpdateNoteInput.id': id,
  'UpdateNoteInput.revision': { accepted: [1], rejected: [0, 1.5] },
  'UpdateNoteInput.title': length(1, 200),
  'UpdateNoteInput.body': length(0, 20_000),
  'ListNotesInput.search': length(0, 100),
  'ListNotesInput.limit': page,
  'ListNotesInput.cursor': cursor,
  'NoteIdInput.id': id,
}
