import { expect, test } from 'vitest'
import { describeOnPostgres, lockedRows, testDatabase } from '../../testing/index.ts'
import { findNoteToChange, insertNote } from './store.ts'

const now = Date.UTC(2026, 0, 1)
const ada = {
  id: 'ada',
  username: 'ada',
  name: 'Ada',
  name_key: 'ada',
  role: 'user',
  created_at: now,
} as const

describeOnPostgres('notes', () => {
  test('findNoteToChange: locks the note until the commit', async () => {
    await using database = await testDatabase('postgres')
    await database.db.write(async (tx) => {
      await tx.insertInto('users').values(ada).execute()
      for (const id of ['first', 'second']) {
        const note = { id, title: id, body: '', revision: 1, created_at: now, updated_at: now }
        await insertNote(tx, 'ada', note, {})
      }
    })
    const locked = await database.db.write(async (tx) => {
      await findNoteToChange(tx, { id: 'first', userId: 'ada' })
      return lockedRows(database.url, 'notes', 'id')
    })
    expect(locked).toEqual(['first'])
  })
})
