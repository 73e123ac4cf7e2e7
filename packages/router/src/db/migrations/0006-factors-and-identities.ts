import { sql } from 'kysely'
import type { Migration, MigrationContext } from '../migration.ts'

export const factorsAndIdentities: Migration = {
  name: '0006-factors-and-identities',
  async up(context) {
    await createFactors(context)
    await createTotp(context)
    await createPasskeys(context)
    await createRecoveryCodes(context)
    await createIdentities(context)
  },
}

/** Removing a factor lowers the sessions that it carries, by the foreign key. */
async function createFactors({ db, createTable, text, integer }: MigrationContext): Promise<void> {
  await createTable('factors')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('user_id', text, (column) => column.notNull().references('users.id').onDelete('cascade'))
    .addColumn('kind', text, (column) => column.notNull())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('created_at', integer, (column) => column.notNull())
    .addColumn('last_used_at', integer)
    .execute()
  await db.schema.createIndex('factors_user_id').on('factors').column('user_id').execute()
  for (const kind of ['totp', 'recovery']) {
    await db.schema
      .createIndex(`factors_one_${kind}`)
      .unique()
      .on('factors')
      .column('user_id')
      .where(sql.ref('kind'), '=', sql.lit(kind))
      .execute()
  }
  await db.schema
    .alterTable('sessions')
    .addColumn('factor_id', text, (column) => column.references('factors.id').onDelete('set null'))
    .execute()
  await db.schema
    .createIndex('sessions_factor_id')
    .on('sessions')
    .column('factor_id')
    .where(sql.ref('factor_id'), 'is not', null)
    .execute()
  await createTable('factor_resets')
    .addColumn('user_id', text, (column) =>
      column.primaryKey().notNull().references('users.id').onDelete('cascade'),
    )
    .addColumn('requested_at', integer, (column) => column.notNull())
    .addColumn('effective_at', integer, (column) => column.notNull())
    .execute()
}

/** The index finds the secrets that were sealed by a key that is about to be removed. */
async function createTotp({ db, createTable, text, integer }: MigrationContext): Promise<void> {
  await createTable('totp_secrets')
    .addColumn('factor_id', text, (column) =>
      column.primaryKey().notNull().references('factors.id').onDelete('cascade'),
    )
    .addColumn('sealed', text, (column) => column.notNull())
    .addColumn('last_step', integer, (column) => column.notNull())
    .execute()
  await db.schema.createIndex('totp_secrets_sealed').on('totp_secrets').column('sealed').execute()
  await createTable('totp_enrollments')
    .addColumn('user_id', text, (column) =>
      column.primaryKey().notNull().references('users.id').onDelete('cascade'),
    )
    .addColumn('session_id', text, (column) => column.notNull())
    .addColumn('sealed', text, (column) => column.notNull())
    .addColumn('expires_at', integer, (column) => column.notNull())
    .addColumn('wrong_codes', integer, (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('totp_enrollments_expires_at')
    .on('totp_enrollments')
    .column('expires_at')
    .execute()
}

async function createPasskeys({ db, createTable, text, integer }: MigrationContext): Promise<void> {
  await createTable('passkeys')
    .addColumn('factor_id', text, (column) =>
      column.primaryKey().notNull().references('factors.id').onDelete('cascade'),
    )
    .addColumn('credential_id', text, (column) => column.notNull().unique())
    .addColumn('public_key', text, (column) => column.notNull())
    .addColumn('counter', integer, (column) => column.notNull())
    .addColumn('transports', text, (column) => column.notNull())
    .addColumn('aaguid', text, (column) => column.notNull())
    .addColumn('device_type', text, (column) => column.notNull())
    .addColumn('backed_up', integer, (column) => column.notNull().check(sql`backed_up in (0, 1)`))
    .execute()
  await createTable('used_challenges')
    .addColumn('hash', text, (column) => column.primaryKey().notNull())
    .addColumn('expires_at', integer, (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('used_challenges_expires_at')
    .on('used_challenges')
    .column('expires_at')
    .execute()
}

async function createRecoveryCodes({ db, createTable, text }: MigrationContext): Promise<void> {
  await createTable('recovery_codes')
    .addColumn('hash', text, (column) => column.primaryKey().notNull())
    .addColumn('factor_id', text, (column) => column.notNull().references('factors.id').onDelete('cascade'))
    .execute()
  await db.schema.createIndex('recovery_codes_factor_id').on('recovery_codes').column('factor_id').execute()
}

async function createIdentities({ db, createTable, text, integer }: MigrationContext): Promise<void> {
  await createTable('identities')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('user_id', text, (column) => column.notNull().references('users.id').onDelete('cascade'))
    .addColumn('provider', text, (column) => column.notNull())
    .addColumn('issuer', text, (column) => column.notNull())
    .addColumn('subject', text, (column) => column.notNull())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('created_at', integer, (column) => column.notNull())
    .addColumn('last_used_at', integer)
    .addUniqueConstraint('identities_issuer_subject', ['issuer', 'subject'])
    .execute()
  await db.schema.createIndex('identities_user_id').on('identities').column('user_id').execute()
}
