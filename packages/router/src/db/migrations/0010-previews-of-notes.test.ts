import { notePreview } from '@app/contract'
import { expect, test } from 'vitest'
import { describeOnEach, emptyTestDatabase } from '../../testing/index.ts'
import { migrateDatabase, openDatabase } from '../open-database.ts'
import { previewsOfNotes } from './0010-previews-of-notes.ts'
import { migrations } from './index.ts'

/** SQLite reads a row up to the last wanted column, so the long ones are last. */
const lastColumns = { sqlite: ['search_key', 'body'], postgres: ['updated_at', 'preview'] }

/** Not a number, as in the test of 0009. */
const before = migrations.indexOf(previewsOfNotes)

/** What the texts of this test consist of: each is something that a preview collapses, cuts or counts. */
const pieces = [
  'a',
  'word',
  ' ',
  '  ',
  '\n',
  '\r\n',
  '\t',
  '\u00a0',
  '\u2003',
  '\u3000',
  '\ufeff',
  '\u0001',
  '\u200b',
  '\u{1F5DD}',
  '\u{1F468}\u200d\u{1F469}\u200d\u{1F467}',
  '\u{1F1E8}\u{1F1ED}',
  'e\u0301',
  '\u0301'.repeat(60),
  '\u0e01\u0e33',
  '\u1100\u1161\u11a8',
  'The title',
  'The  title',
  '\ufdfa',
] as const

/** Returns pseudorandom numbers from 0 to below 1, the same in each run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Text {
  title: string
  body: string
}

/** Makes texts of one to all pieces, up to three times as long as what a preview reads. */
function textsOf(count: number): Text[] {
  const random = randomFrom(count)
  const below = (limit: number) => Math.floor(random() * limit)
  return Array.from({ length: count }, () => {
    const used = Array.from({ length: 1 + below(pieces.length) }, () => pieces[below(pieces.length)] ?? '')
    const length = below(random() < 0.5 ? 20 : 2_400)
    const body = Array.from({ length }, () => used[below(used.length)] ?? '').join('')
    const starts = random() < 0.3
    return { title: starts ? 'The title' : 'Another', body: starts ? `The title${body}` : body }
  })
}

const idOf = (index: number) => String(index).padStart(5, '0')

describeOnEach('migration of previews', (kind) => {
  test('derives the preview of each earlier note as a new note gets it', async () => {
    await using database = await emptyTestDatabase(kind)
    await migrateDatabase(database.url, { migrations: migrations.slice(0, before) })
    const db = await openDatabase(database.url, { waitMs: 60_000 })
    try {
      // More than a batch.
      const texts = textsOf(600)
      const rows = texts.map((text, index) => ({
        ...text,
        id: idOf(index),
        user_id: 'ada',
        search_key: `key ${index}`,
        bytes: index,
        revision: 3,
        created_at: 1,
        updated_at: 2,
      }))
      await db.write(async (tx) => {
        const user = { id: 'ada', username: 'ada', name: 'Ada', name_key: 'ada', role: 'user' } as const
        await tx
          .insertInto('users')
          .values({ ...user, disabled_at: null, created_at: 1 })
          .execute()
        // The types have the preview.
        await tx
          .insertInto('notes')
          .values(rows as never)
          .execute()
      })
      await migrateDatabase(database.url, { migrations: migrations.slice(0, before + 1) })
      const found = await db.read.selectFrom('notes').selectAll().orderBy('id').execute()
      expect(found).toEqual(rows.map((row) => ({ ...row, preview: notePreview(row) })))
      expect(Object.keys(found[0] ?? {}).slice(-2)).toEqual(lastColumns[kind])
    } finally {
      await db.close()
    }
  })
})
