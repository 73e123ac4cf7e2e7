import { sql } from 'kysely'
import type { Migration, MigrationContext } from '../migration.ts'

export const mailAndRecovery: Migration = {
  name: '0005-mail-and-recovery',
  async up(context) {
    await createOutboxMails(context)
    await createOneTimeSecrets(context)
    await createInvitations(context)
    await limitEmails(context)
  },
}

async function createOutboxMails({ db, createTable, text, integer }: MigrationContext): Promise<void> {
  await createTable('outbox_mails')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('kind', text, (column) => column.notNull())
    .addColumn('composed', integer, (column) => column.notNull().check(sql`composed in (0, 1)`))
    .addColumn('user_id', text)
    .addColumn('recipient', text)
    .addColumn('recipient_hmac', text)
    .addColumn('sealed', text)
    .addColumn('created_at', integer, (column) => column.notNull())
    .addColumn('useless_at', integer, (column) => column.notNull())
    .addColumn('attempts', integer, (column) => column.notNull())
    .addColumn('next_at', integer)
    .addColumn('claim', text)
    .addColumn('sent_at', integer)
    .addColumn('failed_at', integer)
    .addColumn('problem', text)
    .execute()
  await db.schema
    .createIndex('outbox_mails_next_at')
    .on('outbox_mails')
    .column('next_at')
    .where(sql.ref('next_at'), 'is not', null)
    .execute()
  await db.schema
    .createIndex('outbox_mails_recipient')
    .on('outbox_mails')
    .columns(['recipient_hmac', 'id'])
    .execute()
  // Few or none: mails lose their content when they are sent, except on a server for development.
  await db.schema
    .createIndex('outbox_mails_kept')
    .on('outbox_mails')
    .column('id')
    .where(sql<boolean>`sent_at is not null and sealed is not null`)
    .execute()
  await db.schema.createIndex('outbox_mails_user').on('outbox_mails').columns(['user_id', 'id']).execute()
}

async function createOneTimeSecrets({ db, createTable, text, integer }: MigrationContext): Promise<void> {
  await createTable('one_time_secrets')
    .addColumn('hash', text, (column) => column.primaryKey().notNull())
    .addColumn('subject', text, (column) => column.notNull())
    .addColumn('purpose', text, (column) => column.notNull())
    .addColumn('expires_at', integer, (column) => column.notNull())
    .addUniqueConstraint('one_time_secrets_subject_purpose', ['subject', 'purpose'])
    .execute()
  await db.schema
    .createIndex('one_time_secrets_expires_at')
    .on('one_time_secrets')
    .column('expires_at')
    .execute()
}

async function createInvitations({ db, createTable, text, integer }: MigrationContext): Promise<void> {
  await createTable('invitations')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('address', text)
    .addColumn('address_key', text)
    .addColumn('address_proved', integer, (column) => column.notNull().check(sql`address_proved in (0, 1)`))
    .addColumn('role', text, (column) => column.notNull())
    .addColumn('created_at', integer, (column) => column.notNull())
    .addColumn('created_by', text)
    .addColumn('expires_at', integer, (column) => column.notNull())
    .addColumn('accepted_at', integer)
    .addColumn('accepted_by', text)
    .addColumn('revoked_at', integer)
    .execute()
  await db.schema.createIndex('invitations_expires_at').on('invitations').column('expires_at').execute()
}

/** A user has at most one verified address and one that waits for its confirmation. */
async function limitEmails({ db }: MigrationContext): Promise<void> {
  await db.schema
    .createIndex('emails_pending_user_id')
    .unique()
    .on('emails')
    .column('user_id')
    .where(sql.ref('verified_at'), 'is', null)
    .execute()
  await db.schema
    .createIndex('emails_verified_user_id')
    .unique()
    .on('emails')
    .column('user_id')
    .where(sql.ref('verified_at'), 'is not', null)
    .execute()
}
