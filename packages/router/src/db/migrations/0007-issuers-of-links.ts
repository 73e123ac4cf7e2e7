import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

/** The admin who issued a link, so that the link ends when this admin loses the role or the account. */
export const issuersOfLinks: Migration = {
  name: '0007-issuers-of-links',
  async up({ db, text }) {
    await db.schema.alterTable('one_time_secrets').addColumn('issued_by', text).execute()
    await db.schema
      .createIndex('one_time_secrets_issued_by')
      .on('one_time_secrets')
      .column('issued_by')
      .where(sql.ref('issued_by'), 'is not', null)
      .execute()
  },
}
