import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { noteLimits } from '@app/contract'
import type { Note } from '@app/contract'
import type { Reader } from '../../db/database.ts'
import { toNote } from './note.ts'
import { listNotes, measureNotes } from './store.ts'
import type { MeasuredNote, NotePageRequest } from './store.ts'

interface FindNotesInput extends Omit<NotePageRequest, 'lastId'> {
  limit: number
}

interface FoundNotes {
  notes: Note[]
  /** The id after which the next page begins; null after the last page. */
  nextAfter: string | null
  /** The bytes that a search compared. */
  searchedBytes: number
}

/** Bytes that are read or searched before other requests get the thread; about a millisecond. */
const groupBytes = 128 * 1024

/**
 * Finds a page of notes, newest first, within the time and memory of `noteLimits.page`, however many and long
 * they are: notes are measured first, and those beyond the limit are not read. No note is left out or
 * repeated, and every page has at least one note if any is left.
 */
export async function findNotes(db: Reader, { limit, ...wanted }: FindNotesInput): Promise<FoundNotes> {
  const { found, nextAfter, searchedBytes } = await matchesOf(db, wanted, limit + 1)
  const fitting = within(found.slice(0, limit), noteLimits.page.bytes)
  const notes: Note[] = []
  let bytes = 0
  for (const group of groupsOf(fitting)) {
    const ids = group.map(({ id }) => id)
    for (const row of await listNotes(db, { userId: wanted.userId, ids })) {
      const note = toNote(row)
      // Measured again: a control character has six bytes in JSON, and a note may have grown since it was
      // measured.
      bytes += Buffer.byteLength(JSON.stringify(note))
      if (bytes > noteLimits.page.bytes && notes.length > 0) {
        return { notes, nextAfter: notes.at(-1)?.id ?? null, searchedBytes }
      }
      notes.push(note)
    }
    await yieldToEventLoop()
  }
  const isCut = fitting.length < found.length
  return { notes, nextAfter: isCut ? (fitting.at(-1)?.id ?? null) : nextAfter, searchedBytes }
}

interface NoteMatches {
  found: MeasuredNote[]
  /** The id at which the search stopped; null after the last note. */
  nextAfter: string | null
  searchedBytes: number
}

/** Measures the next notes that match. Without a search all notes match. */
async function matchesOf(
  db: Reader,
  wanted: Omit<FindNotesInput, 'limit'>,
  limit: number,
): Promise<NoteMatches> {
  if (wanted.search === '') {
    const found = await measureNotes(db, { ...wanted, lastId: undefined }, { kind: 'text', limit })
    return { found, nextAfter: null, searchedBytes: 0 }
  }
  const { searchedBytes: maxBytes, searchedNotes } = noteLimits.page
  const next = await measureNotes(
    db,
    { ...wanted, search: '', lastId: undefined },
    { kind: 'search_key', limit: searchedNotes + 1 },
  )
  const searched = within(next.slice(0, searchedNotes), maxBytes)
  const found: MeasuredNote[] = []
  let { after } = wanted
  let searchedBytes = 0
  for (const group of groupsOf(searched)) {
    const lastId = group.at(-1)?.id
    const page = { ...wanted, after, lastId }
    found.push(...(await measureNotes(db, page, { kind: 'text', limit: limit - found.length })))
    searchedBytes += group.reduce((sum, { bytes }) => sum + bytes, 0)
    after = lastId
    if (found.length === limit) break
    await yieldToEventLoop()
  }
  const nextAfter = searched.length < next.length ? (searched.at(-1)?.id ?? null) : null
  return { found, nextAfter, searchedBytes }
}

/** Returns the first notes that have at most `maxBytes` together, but at least one. */
function within(measured: readonly MeasuredNote[], maxBytes: number): readonly MeasuredNote[] {
  let total = 0
  const end = measured.findIndex(({ bytes }, index) => {
    total += bytes
    return total > maxBytes && index > 0
  })
  return end === -1 ? measured : measured.slice(0, end)
}

function* groupsOf(measured: readonly MeasuredNote[]): Generator<readonly MeasuredNote[]> {
  for (let rest = measured; rest.length > 0;) {
    const group = within(rest, groupBytes)
    yield group
    rest = rest.slice(group.length)
  }
}
