import { notePageLimits, pageLimits, type Note } from '@latchkey/contract'

import type { Reader } from '../../db/database.ts'
import { toNote } from './note.ts'
import { listNotes, measureNotes, type MeasuredNote, type Stretch } from './store.ts'

interface Wanted extends Omit<Stretch, 'downTo'> {
  limit: number
}

interface Found {
  notes: Note[]
  /** The id after which the next page begins; null when there is nothing more. */
  goOnAfter: string | null
}

/**
 * A page of notes, newest first, in the time and memory of `notePageLimits`, however many and long they are: what would be too
 * much is measured first and not read. No note is left out or repeated, and every page gets on, if only by a note.
 */
export async function findNotes(db: Reader, { limit, ...wanted }: Wanted): Promise<Found> {
  const { downTo, stoppedAt } = await searchedStretch(db, wanted)
  const stretch = { ...wanted, downTo }
  const found = await measureNotes(db, stretch, { what: 'text', atMost: limit + 1 })
  const fitting = within(found.slice(0, limit), notePageLimits.bytes)
  const last = fitting.at(-1)
  if (last === undefined) return { notes: [], goOnAfter: stoppedAt }

  const rows = await listNotes(db, { ...stretch, downTo: last.id }, fitting.length)
  // Once more: a control character has six bytes in JSON, and a note may have grown since it was measured.
  const measured = rows.map(toNote).map((note) => ({ note, bytes: Buffer.byteLength(JSON.stringify(note)) }))
  const notes = within(measured, notePageLimits.bytes).map(({ note }) => note)
  if (notes.length < rows.length) return { notes, goOnAfter: notes.at(-1)?.id ?? null }
  return { notes, goOnAfter: fitting.length < found.length ? last.id : stoppedAt }
}

/** Every note of a person, page by page. */
export async function* everyNote(db: Reader, userId: string): AsyncGenerator<Note[]> {
  let after: string | undefined
  do {
    const page = await findNotes(db, { userId, search: '', after, limit: pageLimits.max })
    yield page.notes
    after = page.goOnAfter ?? undefined
  } while (after !== undefined)
}

/** How far one page of a search goes. Without a search there is nothing to go through. */
async function searchedStretch(
  db: Reader,
  wanted: Omit<Wanted, 'limit'>,
): Promise<{ downTo: string | undefined; stoppedAt: string | null }> {
  if (wanted.search === '') return { downTo: undefined, stoppedAt: null }
  const { searchedBytes, searchedNotes } = notePageLimits
  const next = await measureNotes(
    db,
    { ...wanted, search: '', downTo: undefined },
    { what: 'search_key', atMost: searchedNotes + 1 },
  )
  const searched = within(next.slice(0, searchedNotes), searchedBytes)
  const last = searched.at(-1)
  return { downTo: last?.id, stoppedAt: searched.length < next.length ? (last?.id ?? null) : null }
}

/** As many from the front as have so many bytes together; the first in any case. */
function within<T extends Pick<MeasuredNote, 'bytes'>>(
  measured: readonly T[],
  mostBytes: number,
): readonly T[] {
  let total = 0
  const end = measured.findIndex(({ bytes }, index) => {
    total += bytes
    return total > mostBytes && index > 0
  })
  return end === -1 ? measured : measured.slice(0, end)
}
