import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { noteLimits, pageBytesLimit } from '@app/contract'
import type { Note, NoteSummary } from '@app/contract'
import type { Reader } from '../../db/database.ts'
import { toNote, toNoteSummary } from './note.ts'
import { listNotes, listSummaries, measureNotes, measureSearchKeys } from './store.ts'
import type { MeasuredNote, NoteRange, OwnNoteSummary } from './store.ts'

interface FindNotesInput extends NoteRange {
  limit: number
}

interface FoundNotes<T> {
  notes: T[]
  /** The id after which the next page begins; null after the last page. */
  nextAfter: string | null
}

interface FoundSummaries extends FoundNotes<NoteSummary> {
  /** The bytes that a search compared. */
  searchedBytes: number
}

/** Bytes that are read or searched before other requests get the thread; about a millisecond. */
const groupBytes = 128 * 1024

/**
 * Finds a page of whole notes, newest first, with at most `pageBytesLimit` of JSON: notes are measured first,
 * and those beyond the limit are not read. No note is left out or repeated, and every page has at least one
 * note if any is left.
 */
export async function findNotes(db: Reader, { limit, ...range }: FindNotesInput): Promise<FoundNotes<Note>> {
  const measured = await measureNotes(db, range, limit + 1)
  const fitting = within(measured.slice(0, limit), pageBytesLimit, measuredBytes)
  const notes: Note[] = []
  let bytes = 0
  for (const group of groupsOf(fitting)) {
    const ids = group.map(({ id }) => id)
    for (const row of await listNotes(db, { userId: range.userId, ids })) {
      const note = toNote(row)
      // Measured again: a control character has six bytes in JSON, and a note may have grown since it was
      // measured.
      bytes += jsonBytes(note)
      if (bytes > pageBytesLimit && notes.length > 0) return { notes, nextAfter: notes.at(-1)?.id ?? null }
      notes.push(note)
    }
    await yieldToEventLoop()
  }
  return { notes, nextAfter: fitting.length < measured.length ? (fitting.at(-1)?.id ?? null) : null }
}

/**
 * Finds a page of notes without their text, newest first, within the time and bytes of `noteLimits.page`. No
 * note is left out or repeated. Without a search, every page has at least one note if any is left.
 * @param search in its search form; an empty one matches every note
 */
export async function findNoteSummaries(
  db: Reader,
  { limit, search, ...range }: FindNotesInput & { search: string },
): Promise<FoundSummaries> {
  const { found, nextAfter, searchedBytes } =
    search === ''
      ? { found: await listSummaries(db, range, limit + 1), nextAfter: null, searchedBytes: 0 }
      : await searchNotes(db, { ...range, search }, limit + 1)
  const summaries = found.slice(0, limit).map(toNoteSummary)
  const notes = within(summaries, noteLimits.page.bytes, jsonBytes)
  const isCut = notes.length < found.length
  return { notes, nextAfter: isCut ? (notes.at(-1)?.id ?? null) : nextAfter, searchedBytes }
}

interface NoteMatches {
  found: OwnNoteSummary[]
  /** The id at which the search stopped; null after the last note. */
  nextAfter: string | null
  searchedBytes: number
}

/** Searches the next notes, as many as a page may. */
async function searchNotes(
  db: Reader,
  { search, ...range }: NoteRange & { search: string },
  limit: number,
): Promise<NoteMatches> {
  const { searchedBytes: searchLimitBytes, searchedNotes } = noteLimits.page
  const next = await measureSearchKeys(db, range, searchedNotes + 1)
  const searched = within(next.slice(0, searchedNotes), searchLimitBytes, measuredBytes)
  const found: OwnNoteSummary[] = []
  let { after } = range
  let searchedBytes = 0
  for (const group of groupsOf(searched)) {
    const lastId = group.at(-1)?.id ?? ''
    const page = { ...range, after, searched: { search, lastId } }
    found.push(...(await listSummaries(db, page, limit - found.length)))
    searchedBytes += group.reduce((sum, { bytes }) => sum + bytes, 0)
    after = lastId
    if (found.length === limit) break
    await yieldToEventLoop()
  }
  const nextAfter = searched.length < next.length ? (searched.at(-1)?.id ?? null) : null
  return { found, nextAfter, searchedBytes }
}

function measuredBytes({ bytes }: MeasuredNote): number {
  return bytes
}

function jsonBytes(note: object): number {
  return Buffer.byteLength(JSON.stringify(note))
}

/** Returns the first notes that have at most `maxBytes` together, but at least one. */
function within<T>(notes: readonly T[], maxBytes: number, bytesOf: (note: T) => number): T[] {
  let total = 0
  const end = notes.findIndex((note, index) => {
    total += bytesOf(note)
    return total > maxBytes && index > 0
  })
  return notes.slice(0, end === -1 ? undefined : end)
}

function* groupsOf(measured: readonly MeasuredNote[]): Generator<readonly MeasuredNote[]> {
  for (let rest = measured; rest.length > 0;) {
    const group = within(rest, groupBytes, measuredBytes)
    yield group
    rest = rest.slice(group.length)
  }
}
