import type { Migration } from '../migration.ts'

export const notes: Migration = {
  name: '0002-notes',
  async up({ db, createTable, text, integer }) {
    await createTable('notes')
      .addColumn('id', text, (column) => column.primaryKey().notNull())
      .addColumn('user_id', text, (column) => column.notNull().references('users.id').onDelete('cascade'))
      .addColumn('title', text, (column) => column.notNull())
      .addColumn('body', text, (column) => column.notNull())
      .addColumn('search_key', text, (column) => column.notNull())
      .addColumn('bytes', integer, (column) => column.notNull())
      .addColumn('revision', integer, (column) => column.notNull())
      .addColumn('created_at', integer, (column) => column.notNull())
      .addColumn('updated_at', integer, (column) => column.notNull())
      .execute()
    // Includes the bytes, so that the sum over an account reads no note.
    await db.schema.createIndex('notes_user').on('notes').columns(['user_id', 'id', 'bytes']).execute()
  },
}
