import { expect, test } from 'vitest'
import { describeOnEach, emptyTestDatabase } from '../../testing/index.ts'
import { migrateDatabase, openDatabase } from '../open-database.ts'
import { tokensOfAuditEvents } from './0009-tokens-of-audit-events.ts'
import { migrations } from './index.ts'

/** Not a number: a tree without notes has fewer migrations before it. */
const before = migrations.indexOf(tokensOfAuditEvents)

/** Details of events before the migration, and the token that each has after it. */
const events: readonly [detail: object | null, token: string | null][] = [
  [null, null],
  [{ name: 'no "byToken": here' }, null],
  [{ endedSessions: 1, byToken: 'acting' }, 'acting'],
  [{ tokenId: 'created', name: 'Bot' }, 'created'],
  [{ tokenId: 'revoked', byToken: 'acting' }, 'acting'],
]

describeOnEach('migration of audit events', (kind) => {
  test('finds the token of earlier events in their details', async () => {
    await using database = await emptyTestDatabase(kind)
    await migrateDatabase(database.url, { migrations: migrations.slice(0, before) })
    const db = await openDatabase(database.url, { waitMs: 60_000 })
    try {
      const rows = events.map(([detail], index) => ({
        id: String(index),
        at: 1,
        event: 'disabled',
        actor_kind: 'system' as const,
        actor_id: null,
        subject: null,
        ip: null,
        user_agent: null,
        request_id: null,
        detail: detail === null ? null : JSON.stringify(detail),
      }))
      await db.write((tx) => tx.insertInto('audit_events').values(rows).execute())
      await migrateDatabase(database.url, { migrations: migrations.slice(0, before + 1) })
      const found = await db.read.selectFrom('audit_events').select('token_id').orderBy('id').execute()
      expect(found.map(({ token_id: token }) => token)).toEqual(events.map(([, token]) => token))
    } finally {
      await db.close()
    }
  })
})
