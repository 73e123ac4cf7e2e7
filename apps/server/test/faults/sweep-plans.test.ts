import { describeOnPostgres, migratedTestDatabase, onServer } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser, password } from '../support/actors.ts'
import { post } from '../support/raw-call.ts'

/** Plans that PostgreSQL prefers to a nested loop. */
const otherPlans = ['hashjoin', 'hashagg', 'mergejoin', 'sort', 'material', 'memoize']

describeOnPostgres('sweeps of expired rows', () => {
  test('remove ten rows with any query plan', async () => {
    await using place = await migratedTestDatabase('postgres')
    const name = new URL(place.url).pathname.slice(1)
    await onServer(async (client) => {
      for (const plan of otherPlans) await client.query(`alter database ${name} set enable_${plan} = off`)
    })
    await using app = await testApp({ databaseUrl: place.url })
    const ada = await newUser(app)
    app.clock.advance(10 * 24 * 3_600_000)
    await app.services.db.write(async (tx) => {
      for (let index = 10; index < 35; index += 1) {
        const id = `00000000-00${index}-7000-8000-000000000000`
        await tx
          .insertInto('audit_events')
          .values({ id, at: index, event: 'login', actor_kind: 'anonymous' })
          .execute()
        await tx
          .insertInto('login_throttles')
          .values({ bucket: id, failures: 1, closed_until: 0, purge_at: index })
          .execute()
        await tx
          .insertInto('sessions')
          .values({ ...longOver, id, user_id: ada.id })
          .execute()
      }
    })
    const left = async () =>
      onServer(async (client) => {
        const counts = await client.query<{ count: string }>(
          `select count(*) from audit_events where at < 35
           union all select count(*) from login_throttles where purge_at < 35
           union all select count(*) from sessions where ends_at = 1`,
        )
        return counts.rows.map(({ count }) => Number(count))
      }, place.url)
    expect(await left()).toEqual([25, 25, 25])
    await post(app.url, 'auth.login', { username: ada.username, password })
    // The log-in deletes up to ten rows of each table.
    expect(await left()).toEqual([15, 15, 15])
  })
})

const longOver = {
  token_hash: '',
  created_at: 0,
  last_seen_at: 0,
  idle_until: 1,
  ends_at: 1,
  remembered: 0,
  authenticated_at: 0,
  amr: 'pwd',
  ip: null,
  user_agent: null,
} as const
