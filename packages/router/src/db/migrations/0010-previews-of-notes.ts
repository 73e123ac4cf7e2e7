import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { Migration, MigrationContext } from '../migration.ts'

/** What this migration reads. */
type NotesTable = Record<'notes', Record<'id' | 'title' | 'body', string>>

/**
 * The preview of a note, so that a list reads no text. Reads and writes every note once. On SQLite the table
 * is rebuilt, with the long columns last: SQLite reads a row from its start to the last wanted column.
 */
export const previewsOfNotes: Migration = {
  name: '0010-previews-of-notes',
  up: async (context) => {
    await (context.kind === 'sqlite' ? rebuildTable(context) : addColumn(context))
  },
}

async function rebuildTable({ db, createTable, text, integer }: MigrationContext): Promise<void> {
  await createTable('new_notes')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('user_id', text, (column) => column.notNull().references('users.id').onDelete('cascade'))
    .addColumn('title', text, (column) => column.notNull())
    .addColumn('preview', text, (column) => column.notNull())
    .addColumn('bytes', integer, (column) => column.notNull())
    .addColumn('revision', integer, (column) => column.notNull())
    .addColumn('created_at', integer, (column) => column.notNull())
    .addColumn('updated_at', integer, (column) => column.notNull())
    .addColumn('search_key', text, (column) => column.notNull())
    .addColumn('body', text, (column) => column.notNull())
    .execute()
  const kept = sql`id, user_id, title, bytes, revision, created_at, updated_at, search_key, body`
  for await (const previews of previewsIn(db)) {
    await sql`insert into new_notes (preview, ${kept})
      select column2, ${kept} from ${previews} join notes on id = column1`.execute(db)
    await sql`delete from notes where id in (select column1 from ${previews})`.execute(db)
  }
  await db.schema.dropTable('notes').execute()
  await db.schema.alterTable('new_notes').renameTo('notes').execute()
  await db.schema.createIndex('notes_user').on('notes').columns(['user_id', 'id', 'bytes']).execute()
}

/** The texts stay where they are: PostgreSQL keeps long ones outside of the row. */
async function addColumn({ db, text }: MigrationContext): Promise<void> {
  await db.schema.alterTable('notes').addColumn('preview', text).execute()
  for await (const previews of previewsIn(db)) {
    await sql`update notes set preview = column2 from ${previews} as derived where id = column1`.execute(db)
  }
  await db.schema
    .alterTable('notes')
    .alterColumn('preview', (column) => column.setNotNull())
    .execute()
}

const batchNotes = 500

/** Yields the previews of all notes as tables of `column1`, the id, and `column2`. */
async function* previewsIn(db: Kysely<Record<never, never>>): AsyncGenerator<RawBuilder<unknown>> {
  let last = ''
  for (;;) {
    const notes = await db
      .$extendTables<NotesTable>()
      .selectFrom('notes')
      .where('id', '>', last)
      .select(['id', 'title', sql<string>`substr(body, 1, ${sql.lit(sourceCodePoints)})`.as('body')])
      .orderBy('id')
      .limit(batchNotes)
      .execute()
    const newest = notes.at(-1)
    if (newest === undefined) return
    last = newest.id
    yield sql`(values ${sql.join(notes.map((note) => sql`(${note.id}, ${previewOf(note)})`))})`
  }
}

const sourceCodePoints = 800
const maxLength = 200
let graphemes: Intl.Segmenter | undefined

/** The rule for previews at the time of this migration. */
function previewOf({ title, body }: { title: string; body: string }): string {
  const line = inOneLine(body)
  const first = inOneLine(title)
  const hasTitle = line === first || line.startsWith(`${first} `)
  const text = hasTitle ? line.slice(first.length).trimStart() : line
  if (text.length <= maxLength) return text
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
  return text.slice(0, graphemes.segment(text).containing(maxLength)?.index).trimEnd()
}

function inOneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ')
}
