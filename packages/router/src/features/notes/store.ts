import { notePreview, searchKey } from '@app/contract'
import { sql } from 'kysely'
import type { Reader, Writer } from '../../db/database.ts'
import { executeLater, prepareLater } from '../../db/execute-later.ts'
import { prepareQuery } from '../../db/prepared-query.ts'
import type { NoteRow } from './table.ts'

const ownColumns = ['id', 'title', 'body', 'revision', 'created_at', 'updated_at'] as const

/** A note as its owner sees it. */
export type OwnNote = Pick<NoteRow, (typeof ownColumns)[number]>

/** A note is always found by its owner too: its id alone must not give access to it. */
interface NoteKey {
  id: string
  userId: string
}

const summaryColumns = ['id', 'title', 'preview', 'revision', 'created_at', 'updated_at'] as const

/** A note in a list. */
export type OwnNoteSummary = Pick<NoteRow, (typeof summaryColumns)[number]>

/** The owner's notes from one on, newest first. */
export interface NoteRange {
  userId: string
  /** The id of the note before the first; undefined starts at the newest. */
  after: string | undefined
}

/** The bytes of a note, or of its search key. */
export interface MeasuredNote {
  id: string
  bytes: number
}

/** Measures notes without reading them: the index has their bytes. */
export function measureNotes(db: Reader, range: NoteRange, limit: number): Promise<MeasuredNote[]> {
  return selectNotes(db, range).select(['id', 'bytes']).limit(limit).execute()
}

/** Measures search keys without reading them: both databases store the length of a text separately. */
export function measureSearchKeys(db: Reader, range: NoteRange, limit: number): Promise<MeasuredNote[]> {
  const bytes = sql<number>`octet_length(${sql.ref('search_key')})`
  return selectNotes(db, range)
    .select(['id', bytes.as('bytes')])
    .limit(limit)
    .execute()
}

/** Lists the owner's notes with these ids, newest first. */
export function listNotes(
  db: Reader,
  { userId, ids }: { userId: string; ids: readonly string[] },
): Promise<OwnNote[]> {
  return db
    .selectFrom('notes')
    .where('user_id', '=', userId)
    .where('id', 'in', ids)
    .orderBy('id', 'desc')
    .select(ownColumns)
    .execute()
}

interface SearchedNotes {
  /** In its search form. */
  search: string
  /** The id of the last note that is searched. */
  lastId: string
}

/** Lists notes, or those that match a search, without reading their text. */
export function listSummaries(
  db: Reader,
  { userId, after, searched }: NoteRange & { searched?: SearchedNotes },
  limit: number,
): Promise<OwnNoteSummary[]> {
  const query = selectNotes(db, { userId, after }).select(summaryColumns).limit(limit)
  if (searched === undefined) return query.execute()
  const { search, lastId } = searched
  const matches = sql<boolean>`strpos(${sql.ref('search_key')}, ${search}) > 0`
  return query.where('id', '>=', lastId).where(matches).execute()
}

function selectNotes(db: Reader, { userId, after }: NoteRange) {
  const query = db.selectFrom('notes').where('user_id', '=', userId).orderBy('id', 'desc')
  return after === undefined ? query : query.where('id', '<', after)
}

export async function findNote(db: Reader, key: NoteKey): Promise<OwnNote | undefined> {
  const [note] = await readNote(db, key)
  return note
}

/** Finds a note and locks it, so that it cannot change before the transaction writes it. */
export async function findNoteToChange(tx: Writer, key: NoteKey): Promise<OwnNote | undefined> {
  const [note] = await lockNote(tx, key)
  return note
}

const readNote = prepareQuery(selectNote)
const lockNote = prepareQuery((tx, value: (name: keyof NoteKey) => string) =>
  selectNote(tx, value).forUpdate(),
)

function selectNote(db: Reader, value: (name: keyof NoteKey) => string) {
  return db
    .selectFrom('notes')
    .where('id', '=', value('id'))
    .where('user_id', '=', value('userId'))
    .select(ownColumns)
}

/** Counts the owner's notes and their bytes in the index. Exact while the owner's row is locked. */
export async function measureStock(tx: Writer, userId: string): Promise<{ notes: number; bytes: number }> {
  return tx
    .selectFrom('notes')
    .where('user_id', '=', userId)
    .select(({ fn }) => [
      fn.countAll<number>().as('notes'),
      // PostgreSQL's sum of integers is a decimal.
      sql<number>`cast(coalesce(sum(bytes), 0) as bigint)`.as('bytes'),
    ])
    .executeTakeFirstOrThrow()
}

export async function insertNote(
  tx: Writer,
  userId: string,
  note: OwnNote,
  keys: NoteSearchKeys,
): Promise<void> {
  const row = { ...note, user_id: userId, ...derivedColumns(note, keys) }
  await executeLater(tx, tx.insertInto('notes').values(row))
}

/** Saves a note that the transaction has locked. */
export async function saveNote(
  tx: Writer,
  userId: string,
  note: OwnNote,
  keys: NoteSearchKeys,
): Promise<void> {
  await updateNote(tx, { ...note, user_id: userId, ...derivedColumns(note, keys) })
}

const updateNote = prepareLater<NoteRow>((tx, value) =>
  tx
    .updateTable('notes')
    .set({
      title: value('title'),
      preview: value('preview'),
      body: value('body'),
      revision: value('revision'),
      updated_at: value('updated_at'),
      search_key: value('search_key'),
      bytes: value('bytes'),
    })
    .where('id', '=', value('id'))
    .where('user_id', '=', value('user_id')),
)

/** @returns whether it existed */
export async function deleteNote(tx: Writer, { id, userId }: NoteKey): Promise<boolean> {
  const result = await tx
    .deleteFrom('notes')
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return result.numDeletedRows === 1n
}

/** The search keys of parts of a note. */
type NoteSearchKeys = { [Part in keyof NoteText]?: string | undefined }

/**
 * Derives the search keys of the given parts. Call it before the transaction: a long text takes milliseconds,
 * and on SQLite no other call may write meanwhile.
 */
export function searchKeysOf({ title, body }: NoteSearchKeys): NoteSearchKeys {
  return {
    title: title === undefined ? undefined : searchKey(title),
    body: body === undefined ? undefined : searchKey(body),
  }
}

function derivedColumns(
  note: NoteText,
  { title = searchKey(note.title), body = searchKey(note.body) }: NoteSearchKeys,
): Pick<NoteRow, 'preview' | 'search_key' | 'bytes'> {
  return { preview: notePreview(note), search_key: `${title}\n${body}`, bytes: noteBytes(note) }
}

type NoteText = Pick<NoteRow, 'title' | 'body'>

/** Returns the UTF-8 bytes of title and body. */
export function noteBytes({ title, body }: NoteText): number {
  return Buffer.byteLength(title) + Buffer.byteLength(body)
}
