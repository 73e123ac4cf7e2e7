import { expect, test } from 'vitest'
import { describeOnEach, testDatabase } from '../../testing/index.ts'
import { isAlive, whereAlive } from './alive.ts'
import type { SessionRow } from './table.ts'

const now = Date.UTC(2026, 0, 1)
const hourMs = 3_600_000

/** Lists times around the moment at which a limit decides. */
const around = (moment: number) => [moment - hourMs, moment - 1, moment, moment + 1, moment + hourMs]
const limits = around(now).flatMap((idle_until) =>
  around(now).flatMap((ends_at) =>
    around(now + hourMs).map((created_at) => ({ idle_until, ends_at, created_at })),
  ),
)

const sessions = limits.map((limit, index): SessionRow => ({
  ...limit,
  id: `session-${index}`,
  user_id: 'ada',
  token_hash: '',
  last_seen_at: now,
  remembered: 0,
  authenticated_at: now,
  amr: 'pwd',
  factor_id: null,
  ip: null,
  user_agent: null,
}))

describeOnEach('an alive session', (databaseKind) => {
  test('isAlive and whereAlive: agree on every limit', async () => {
    await using test = await testDatabase(databaseKind)
    const user = { id: 'ada', username: 'ada', name: 'Ada', name_key: 'ada', created_at: now }
    await test.db.write(async (tx) => {
      await tx
        .insertInto('users')
        .values({ ...user, role: 'user', disabled_at: null })
        .execute()
      await tx.insertInto('sessions').values(sessions).execute()
    })
    const found = await test.db.read.selectFrom('sessions').where(whereAlive(now)).select('id').execute()
    const expected = sessions.filter((session) => isAlive(session, now))
    expect(found.map(({ id }) => id).toSorted()).toEqual(expected.map(({ id }) => id).toSorted())
    expect(expected.length).toBeGreaterThan(0)
    expect(expected.length).toBeLessThan(sessions.length)
  })
})
