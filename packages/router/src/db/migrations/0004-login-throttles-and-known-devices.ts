import type { Migration } from '../migration.ts'

export const loginThrottlesAndKnownDevices: Migration = {
  name: '0004-login-throttles-and-known-devices',
  async up({ db, createTable, text, integer }) {
    await createTable('login_throttles')
      .addColumn('bucket', text, (column) => column.primaryKey().notNull())
      .addColumn('failures', integer, (column) => column.notNull())
      .addColumn('closed_until', integer, (column) => column.notNull())
      .addColumn('purge_at', integer)
      .execute()
    await db.schema.createIndex('login_throttles_purge_at').on('login_throttles').column('purge_at').execute()

    await createTable('known_devices')
      .addColumn('user_id', text, (column) => column.notNull().references('users.id').onDelete('cascade'))
      .addColumn('device_hash', text, (column) => column.notNull())
      .addColumn('created_at', integer, (column) => column.notNull())
      .addColumn('last_used_at', integer, (column) => column.notNull())
      .addPrimaryKeyConstraint('known_devices_primary', ['user_id', 'device_hash'])
      .execute()
  },
}
