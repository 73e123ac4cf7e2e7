import { noteLimits, searchKey } from '@app/contract'
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

/** Selects some of the owner's notes, newest first. */
export interface NotePageRequest {
  userId: string
  /** The id of the note before the first; undefined starts at the newest. */
  after: string | undefined
  /** The id of the last note; undefined continues to the oldest. */
  lastId: string | undefined
  /** In its search form; an empty one matches every note. */
  search: string
}

/** The size of a note, without its text. */
export interface MeasuredNote {
  id: string
  bytes: number
  /** What the database reads for it. SQLite reads a whole text for its start. */
  readBytes: number
}

/** A note with its whole text, or with the start of it that a preview needs. */
export type NoteForm = 'whole' | 'preview'

/**
 * Measures notes without reading their text: both databases store its length separately.
 * @param form what is read of them later, or their search keys
 */
export function measureNotes(
  db: Reader,
  page: NotePageRequest,
  { form, limit }: { form: NoteForm | 'search_key'; limit: number },
): Promise<MeasuredNote[]> {
  return selectNotes(db, page)
    .select(['id', bytesOf[form].as('bytes'), bytesOf[form === 'preview' ? 'whole' : form].as('readBytes')])
    .limit(limit)
    .execute()
}

const bytesOf = {
  whole: sql<number>`octet_length(${sql.ref('title')}) + octet_length(${sql.ref('body')})`,
  // An estimate, from below: the page is measured again as JSON.
  preview: sql<number>`octet_length(${sql.ref('title')}) + case when octet_length(${sql.ref('body')}) < ${sql.lit(
    noteLimits.preview.max,
  )} then octet_length(${sql.ref('body')}) else ${sql.lit(noteLimits.preview.max)} end`,
  search_key: sql<number>`octet_length(${sql.ref('search_key')})`,
}

/** Lists the owner's notes with these ids, newest first. */
export function listNotes(
  db: Reader,
  { userId, ids }: { userId: string; ids: readonly string[] },
  form: NoteForm,
): Promise<OwnNote[]> {
  const query = db
    .selectFrom('notes')
    .where('user_id', '=', userId)
    .where('id', 'in', ids)
    .orderBy('id', 'desc')
  if (form === 'whole') return query.select(ownColumns).execute()
  const start = sql<string>`substr(${sql.ref('body')}, 1, ${sql.lit(noteLimits.preview.source)})`
  return query.select(['id', 'title', start.as('body'), 'revision', 'created_at', 'updated_at']).execute()
}

function selectNotes(db: Reader, { userId, after, lastId, search }: NotePageRequest) {
  let query = db.selectFrom('notes').where('user_id', '=', userId)
  if (after !== undefined) query = query.where('id', '<', after)
  if (lastId !== undefined) query = query.where('id', '>=', lastId)
  if (search !== '') query = query.where(sql<boolean>`strpos(${sql.ref('search_key')}, ${search}) > 0`)
  return query.orderBy('id', 'desc')
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

export async function insertNote(tx: Writer, userId: string, note: OwnNote): Promise<void> {
  const row = { ...note, user_id: userId, ...derivedColumns(note) }
  await executeLater(tx, tx.insertInto('notes').values(row))
}

/** Saves a note that the transaction has locked. */
export async function saveNote(tx: Writer, userId: string, note: OwnNote): Promise<void> {
  await updateNote(tx, { ...note, user_id: userId, ...derivedColumns(note) })
}

const updateNote = prepareLater<NoteRow>((tx, value) =>
  tx
    .updateTable('notes')
    .set({
      title: value('title'),
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

function derivedColumns(note: NoteText): Pick<NoteRow, 'search_key' | 'bytes'> {
  return { search_key: searchKey(`${note.title}\n${note.body}`), bytes: noteBytes(note) }
}

type NoteText = Pick<NoteRow, 'title' | 'body'>

/** Returns the UTF-8 bytes of title and body. */
export function noteBytes({ title, body }: NoteText): number {
  return Buffer.byteLength(title) + Buffer.byteLength(body)
}
