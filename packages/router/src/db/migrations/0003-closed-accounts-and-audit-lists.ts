import { randomBytes } from 'node:crypto'
import type { Migration } from '../migration.ts'

export const closedAccountsAndAuditLists: Migration = {
  name: '0003-closed-accounts-and-audit-lists',
  async up({ db, createTable, text }) {
    await createTable('retired_usernames')
      .addColumn('hmac', text, (column) => column.primaryKey().notNull())
      .execute()
    await createTable('retired_username_key')
      .addColumn('key', text, (column) => column.primaryKey().notNull())
      .execute()
    await db
      .$extendTables<{ retired_username_key: { key: string } }>()
      .insertInto('retired_username_key')
      .values({ key: randomBytes(32).toString('base64url') })
      .execute()

    // Each filter of the event list has an index in the order of the list, so that a page reads only what it
    // shows.
    await db.schema.createIndex('audit_events_event').on('audit_events').columns(['event', 'id']).execute()
    await db.schema
      .createIndex('audit_events_actor_event')
      .on('audit_events')
      .columns(['actor_id', 'event', 'id'])
      .execute()
    await db.schema
      .createIndex('audit_events_subject_event')
      .on('audit_events')
      .columns(['subject', 'event', 'id'])
      .execute()
  },
}
