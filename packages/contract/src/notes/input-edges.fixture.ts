import { cursor, id, length, page } from '../input-edges.fixture.ts'
import type { Edge } from '../input-edges.fixture.ts'

/** Written out, so that a limit that changes in the code changes here, too. */
export const noteInputEdges: Record<string, Edge> = {
  'CreateNoteInput.title': length(1, 200),
  'CreateNoteInput.body': length(0, 20_000),
  'UpdateNoteInput.id': id,
  'UpdateNoteInput.revision': { accepted: [1], refused: [0, 1.5] },
  'UpdateNoteInput.title': length(1, 200),
  'UpdateNoteInput.body': length(0, 20_000),
  'ListNotesInput.search': length(0, 100),
  'ListNotesInput.limit': page,
  'ListNotesInput.cursor': cursor,
  'NoteIdInput.id': id,
}
