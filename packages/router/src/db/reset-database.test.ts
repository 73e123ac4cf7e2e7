import { expect, test } from 'vitest'
import { describeOnEach, emptyTestDatabase } from '../testing/index.ts'
import type { Migration } from './migration.ts'
import { migrations } from './migrations/index.ts'
import { migrateDatabase, openDatabase } from './open-database.ts'
import { resetDatabase } from './reset-database.ts'

const addBookmarks: Migration = {
  name: '9999-add-bookmarks',
  up: ({ createTable, text }) => createTable('bookmarks').addColumn('id', text).execute(),
}

describeOnEach('resetDatabase', (kind) => {
  test('reset: deletes what a newer version made, so that both versions can start', async () => {
    await using database = await emptyTestDatabase(kind)
    const { url } = database
    const newer = [...migrations, addBookmarks]
    await migrateDatabase(url, { migrations: newer })
    await expect(migrateDatabase(url)).rejects.toThrow(/is newer .* reset --yes$/)
    expect(await resetDatabase(url)).toHaveLength(migrations.length)
    expect(await migrateDatabase(url, { migrations: newer })).toEqual([addBookmarks.name])
  })

  test('reset: changes nothing while another process is connected', async () => {
    await using database = await emptyTestDatabase(kind)
    const { url } = database
    await migrateDatabase(url)
    const db = await openDatabase(url, { waitMs: 60_000 })
    try {
      await db.check()
      await expect(resetDatabase(url)).rejects.toThrow('is in use by another process. Stop the server first.')
      await db.check()
    } finally {
      await db.close()
    }
  })
})
