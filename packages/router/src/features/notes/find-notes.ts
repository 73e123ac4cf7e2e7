import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { noteLimits, pageBytesLimit } from '@app/contract'
import type { Note, NoteSummary } from '@app/contract'
import type { Database, Reader } from '../../db/database.ts'
import { toNote, toNoteSummary } from './note.ts'
import { listNotes, measureNotes } from './store.ts'
import type { MeasuredNote, NoteForm, NotePageRequest, OwnNote } from './store.ts'

interface FindNotesInput extends Omit<NotePageRequest, 'lastId'> {
  limit: number
}

interface PageForm<T> {
  form: NoteForm
  map: (row: OwnNote) => T
  maxBytes: number
  /** Divides the notes into those that are read together. Default: by their bytes. */
  groups?: (measured: readonly MeasuredNote[]) => Iterable<readonly MeasuredNote[]>
}

interface FoundNotes<T> {
  notes: T[]
  /** The id after which the next page begins; null after the last page. */
  nextAfter: string | null
  /** The bytes that a search compared. */
  searchedBytes: number
}

/** Bytes that are read or searched before other requests get the thread; about a millisecond. */
const groupBytes = 128 * 1024
/** SQLite reads a whole text for its start, and copies only the start. */
const sqlitePreviewGroupBytes = 512 * 1024

/** Finds a page of whole notes, newest first, as `findPage`. */
export function findNotes(db: Reader, wanted: FindNotesInput): Promise<FoundNotes<Note>> {
  return findPage(db, wanted, { form: 'whole', map: toNote, maxBytes: pageBytesLimit })
}

/** Finds a page of notes without their whole text, newest first, as `findPage`. */
export function findNoteSummaries(
  { read, kind }: Pick<Database, 'read' | 'kind'>,
  wanted: FindNotesInput,
): Promise<FoundNotes<NoteSummary>> {
  const groups = (measured: readonly MeasuredNote[]) =>
    kind === 'sqlite' ? groupsOf(measured, sqlitePreviewGroupBytes, 'readBytes') : groupsOf(measured)
  const maxBytes = noteLimits.page.bytes
  return findPage(read, wanted, { form: 'preview', map: toNoteSummary, maxBytes, groups })
}

/**
 * Finds a page of notes, newest first, within the time of `noteLimits.page` and `maxBytes` of JSON: notes are
 * measured first, and those beyond the limit are not read. No note is left out or repeated, and every page
 * has at least one note if any is left.
 */
async function findPage<T extends { id: string }>(
  db: Reader,
  { limit, ...wanted }: FindNotesInput,
  { form, map, maxBytes, groups = groupsOf }: PageForm<T>,
): Promise<FoundNotes<T>> {
  const { found, nextAfter, searchedBytes } = await matchesOf(db, { ...wanted, form }, limit + 1)
  const fitting = within(found.slice(0, limit), maxBytes)
  const notes: T[] = []
  let bytes = 0
  for (const group of groups(fitting)) {
    const ids = group.map(({ id }) => id)
    for (const row of await listNotes(db, { userId: wanted.userId, ids }, form)) {
      const note = map(row)
      // Measured again: a control character has six bytes in JSON, and a note may have grown since it was
      // measured.
      bytes += Buffer.byteLength(JSON.stringify(note))
      if (bytes > maxBytes && notes.length > 0) {
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
  { form, ...wanted }: Omit<FindNotesInput, 'limit'> & { form: NoteForm },
  limit: number,
): Promise<NoteMatches> {
  if (wanted.search === '') {
    const found = await measureNotes(db, { ...wanted, lastId: undefined }, { form, limit })
    return { found, nextAfter: null, searchedBytes: 0 }
  }
  const { searchedBytes: searchLimitBytes, searchedNotes } = noteLimits.page
  const next = await measureNotes(
    db,
    { ...wanted, search: '', lastId: undefined },
    { form: 'search_key', limit: searchedNotes + 1 },
  )
  const searched = within(next.slice(0, searchedNotes), searchLimitBytes)
  const found: MeasuredNote[] = []
  let { after } = wanted
  let searchedBytes = 0
  for (const group of groupsOf(searched)) {
    const lastId = group.at(-1)?.id
    const page = { ...wanted, after, lastId }
    found.push(...(await measureNotes(db, page, { form, limit: limit - found.length })))
    searchedBytes += group.reduce((sum, { bytes }) => sum + bytes, 0)
    after = lastId
    if (found.length === limit) break
    await yieldToEventLoop()
  }
  const nextAfter = searched.length < next.length ? (searched.at(-1)?.id ?? null) : null
  return { found, nextAfter, searchedBytes }
}

type Size = 'bytes' | 'readBytes'

/** Returns the first notes that have at most `maxBytes` together, but at least one. */
function within(
  measured: readonly MeasuredNote[],
  maxBytes: number,
  size: Size = 'bytes',
): readonly MeasuredNote[] {
  let total = 0
  const end = measured.findIndex((note, index) => {
    total += note[size]
    return total > maxBytes && index > 0
  })
  return end === -1 ? measured : measured.slice(0, end)
}

function* groupsOf(
  measured: readonly MeasuredNote[],
  maxBytes = groupBytes,
  size: Size = 'bytes',
): Generator<readonly MeasuredNote[]> {
  for (let rest = measured; rest.length > 0;) {
    const group = within(rest, maxBytes, size)
    yield group
    rest = rest.slice(group.length)
  }
}
