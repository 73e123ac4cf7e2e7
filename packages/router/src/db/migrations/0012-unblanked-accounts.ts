import type { Migration } from '../migration.ts'

/** Removed accounts of which older events still have address and browser. */
export const unblankedAccounts: Migration = {
  name: '0012-unblanked-accounts',
  async up({ createTable, text }) {
    await createTable('unblanked_accounts')
      .addColumn('user_id', text, (column) => column.primaryKey().notNull())
      .addColumn('before_id', text, (column) => column.notNull())
      .execute()
  },
}
