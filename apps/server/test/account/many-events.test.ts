import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { addAdmin, signUp } from '../support/actors.ts'
import { auditRows } from '../support/audit-rows.ts'

const count = 1_500

/** Adds log-ins of a user, and every third as a failed one of another caller. */
async function addEvents(app: TestApp, userId: string): Promise<void> {
  const rows = Array.from({ length: count }, (_, row) => ({
    id: `01800000-0000-7000-8000-${String(row).padStart(12, '0')}`,
    at: app.clock.now() - 1_000,
    event: row % 3 === 0 ? 'login-failed' : 'login',
    actor_kind: row % 3 === 0 ? ('anonymous' as const) : ('user' as const),
    actor_id: row % 3 === 0 ? null : userId,
    subject: userId,
    ip: '192.0.2.1',
    user_agent: 'a browser',
    request_id: null,
    detail: null,
    token_id: null,
  }))
  await app.services.db.write((tx) => tx.insertInto('audit_events').values(rows).execute())
}

async function unblanked(app: TestApp): Promise<string[]> {
  const rows = await auditRows(app)
  return rows.flatMap(({ id, ip, user_agent: agent }) =>
    ip === '192.0.2.1' || agent === 'a browser' ? [id] : [],
  )
}

const ways = [
  ['closed by its owner', 'closed'],
  ['removed by an admin', 'removed'],
] as const

describeOnEach('an account with many events', (databaseKind) => {
  test.each(ways)(
    '%s: loses address and browser of the newest, and of the others with later events',
    async (_name, event) => {
      await using app = await testApp({ databaseKind })
      const root = await addAdmin(app, 'root')
      const [ada, ben] = [await signUp(app, 'ada'), await signUp(app, 'ben')]
      await addEvents(app, ada.id)
      await (event === 'closed'
        ? ada.api.account.close.mutate()
        : root.api.users.remove.mutate({ id: ada.id }))
      const left = await unblanked(app)
      // The newest 1,000 of the account, among them its sign-up and its end.
      expect(left.length).toBeGreaterThanOrEqual(count - 1_000)
      expect(left.length).toBeLessThan(count - 990)
      expect(left.at(-1)).toBe(`01800000-0000-7000-8000-${String(left.length - 1).padStart(12, '0')}`)

      let cursor: string | undefined
      const shown: (string | null)[] = []
      do {
        const page = await root.api.audit.list.query({ userId: ada.id, cursor, limit: 100 })
        shown.push(
          ...page.items.flatMap((item) =>
            item.actor.kind === 'user' && item.actor.id === root.id ? [] : [item.ip, item.userAgent],
          ),
        )
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)
      expect(shown.length).toBeGreaterThan(2 * count)
      expect(new Set(shown)).toEqual(new Set([null]))

      for (const role of ['admin', 'user', 'admin', 'user', 'admin', 'user'] as const)
        await root.api.users.setRole.mutate({ id: ben.id, role })
      expect(await unblanked(app)).toEqual([])
      expect(await app.services.db.read.selectFrom('unblanked_accounts').selectAll().execute()).toEqual([])
      const others = (await auditRows(app)).filter(({ actor_id: id }) => id === root.id || id === ben.id)
      expect(others.every(({ ip }) => ip === '127.0.0.1')).toBe(true)
    },
  )
})
