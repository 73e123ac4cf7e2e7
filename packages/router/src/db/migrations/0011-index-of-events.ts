import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

/**
 * The index of the event list filtered by event alone, on an expression. On a column, PostgreSQL uses it for
 * one user's events too when it expects few of a kind, and reads those of all users.
 */
export const indexOfEvents: Migration = {
  name: '0011-index-of-events',
  up: async ({ db }) => {
    await db.schema
      .createIndex('audit_events_one_event')
      .on('audit_events')
      .expression(sql`(event || ''), id`)
      .execute()
    // After it, because it also keeps others from reading until the end.
    await db.schema.dropIndex('audit_events_event').execute()
  },
}
