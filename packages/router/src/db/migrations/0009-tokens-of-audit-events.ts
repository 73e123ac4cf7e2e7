import { sql } from 'kysely'
import type { Migration } from '../migration.ts'

/** The access token that an event is about, so that its events can be listed. Reads every event once. */
export const tokensOfAuditEvents: Migration = {
  name: '0009-tokens-of-audit-events',
  async up({ kind, db, text }) {
    await db.schema.alterTable('audit_events').addColumn('token_id', text).execute()
    const detail = kind === 'sqlite' ? sql.ref('detail') : sql`detail::json`
    await sql`
      update audit_events set token_id = coalesce(${detail} ->> 'byToken', ${detail} ->> 'tokenId')
      where detail like '%"byToken":%' or detail like '%"tokenId":%'`.execute(db)
    // Hardly any event has a token, so these indexes are small.
    await db.schema
      .createIndex('audit_events_token')
      .on('audit_events')
      .columns(['token_id', 'id'])
      .where(sql.ref('token_id'), 'is not', null)
      .execute()
    await db.schema
      .createIndex('audit_events_token_event')
      .on('audit_events')
      .columns(['token_id', 'event', 'id'])
      .where(sql.ref('token_id'), 'is not', null)
      .execute()
  },
}
