import { sql } from 'kysely'
import type { Migration, MigrationContext } from '../migration.ts'

export const accounts: Migration = {
  name: '0001-accounts',
  async up(context) {
    await createUsers(context)
    await createEmails(context)
    await createPasswordCredentials(context)
    await createSessions(context)
    await createAuditEvents(context)
  },
}

async function createUsers({ db, createTable, text, integer }: MigrationContext): Promise<void> {
  await createTable('users')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('username', text, (column) => column.notNull().unique())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('name_key', text, (column) => column.notNull())
    .addColumn('role', text, (column) => column.notNull())
    .addColumn('disabled_at', integer)
    .addColumn('created_at', integer, (column) => column.notNull())
    .execute()
  await db.schema.createIndex('users_name_key').on('users').columns(['name_key', 'username']).execute()
  await db.schema
    .createIndex('users_administrators')
    .on('users')
    .column('id')
    .where(sql.ref('role'), '=', sql.lit('admin'))
    .execute()
}

async function createEmails({ db, createTable, text, integer }: MigrationContext): Promise<void> {
  await createTable('emails')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('user_id', text, (column) => column.notNull().references('users.id').onDelete('cascade'))
    .addColumn('address', text, (column) => column.notNull())
    .addColumn('address_key', text, (column) => column.notNull())
    .addColumn('verified_at', integer)
    .execute()
  // Has what a page of users shows, which so reads no row.
  await db.schema
    .createIndex('emails_user_id')
    .on('emails')
    .columns(['user_id', 'id', 'verified_at', 'address'])
    .execute()
  await db.schema
    .createIndex('emails_verified_address_key')
    .unique()
    .on('emails')
    .column('address_key')
    .where(sql.ref('verified_at'), 'is not', null)
    .execute()
}

async function createPasswordCredentials({ createTable, text, integer }: MigrationContext): Promise<void> {
  await createTable('password_credentials')
    .addColumn('user_id', text, (column) =>
      column.primaryKey().notNull().references('users.id').onDelete('cascade'),
    )
    .addColumn('hash', text, (column) => column.notNull())
    .addColumn('version', integer, (column) => column.notNull())
    .addColumn('changed_at', integer, (column) => column.notNull())
    .execute()
}

async function createSessions({ db, createTable, text, integer }: MigrationContext): Promise<void> {
  await createTable('sessions')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('user_id', text, (column) => column.notNull().references('users.id').onDelete('cascade'))
    .addColumn('token_hash', text, (column) => column.notNull())
    .addColumn('created_at', integer, (column) => column.notNull())
    .addColumn('last_seen_at', integer, (column) => column.notNull())
    .addColumn('idle_until', integer, (column) => column.notNull())
    .addColumn('ends_at', integer, (column) => column.notNull())
    .addColumn('remembered', integer, (column) => column.notNull().check(sql`remembered in (0, 1)`))
    .addColumn('authenticated_at', integer, (column) => column.notNull())
    .addColumn('amr', text, (column) => column.notNull())
    .addColumn('ip', text)
    .addColumn('user_agent', text)
    .execute()
  await db.schema.createIndex('sessions_user_id').on('sessions').column('user_id').execute()
  await db.schema.createIndex('sessions_ends_at').on('sessions').column('ends_at').execute()
}

async function createAuditEvents({ db, createTable, text, integer }: MigrationContext): Promise<void> {
  await createTable('audit_events')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('at', integer, (column) => column.notNull())
    .addColumn('event', text, (column) => column.notNull())
    .addColumn('actor_kind', text, (column) =>
      column.notNull().check(sql`actor_kind in ('user', 'system', 'anonymous')`),
    )
    .addColumn('actor_id', text)
    .addColumn('subject', text)
    .addColumn('ip', text)
    .addColumn('user_agent', text)
    .addColumn('request_id', text)
    .addColumn('detail', text)
    .execute()
  await db.schema.createIndex('audit_events_actor').on('audit_events').columns(['actor_id', 'id']).execute()
  await db.schema.createIndex('audit_events_subject').on('audit_events').columns(['subject', 'id']).execute()
}
