import type { Migration } from '../migration.ts'

/** The index on `expires_at` finds the tokens to sweep. */
export const accessTokens: Migration = {
  name: '0008-access-tokens',
  async up({ db, createTable, text, integer }) {
    await createTable('access_tokens')
      .addColumn('id', text, (column) => column.primaryKey().notNull())
      .addColumn('user_id', text, (column) => column.notNull().references('users.id').onDelete('cascade'))
      .addColumn('hash', text, (column) => column.notNull().unique())
      .addColumn('hint', text, (column) => column.notNull())
      .addColumn('name', text, (column) => column.notNull())
      .addColumn('scopes', text, (column) => column.notNull())
      .addColumn('level', integer, (column) => column.notNull())
      .addColumn('created_at', integer, (column) => column.notNull())
      .addColumn('expires_at', integer, (column) => column.notNull())
      .addColumn('last_used_at', integer)
      .execute()
    await db.schema.createIndex('access_tokens_user_id').on('access_tokens').column('user_id').execute()
    await db.schema.createIndex('access_tokens_expires_at').on('access_tokens').column('expires_at').execute()
  },
}
