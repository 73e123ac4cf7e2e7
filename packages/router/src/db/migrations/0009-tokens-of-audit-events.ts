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
    for (const [name, ...columns] of [
      ['audit_events_token'],
      ['audit_events_token_event', 'event'],
      ['audit_events_token_actor', 'actor_id'],
      ['audit_events_token_subject', 'subject'],
    ] as const) {
      await db.schema
        .createIndex(name)
        .on('audit_events')
        .columns(['token_id', ...columns, 'id'])
        .where(sql.ref('token_id'), 'is not', null)
        .execute()
    }
  },
}
