import { auditEvents } from '@app/contract'
import type { AuditEventName } from '@app/contract'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { addAdmin, password, signUp, unknownId } from '../support/actors.ts'
import type { Actor } from '../support/actors.ts'
import { failure, get, post, reasonIn } from '../support/raw-call.ts'

interface Filter {
  userId?: string
  event?: AuditEventName
}

/** Reads all pages of the list. */
async function listAll({ api }: Actor, filter: Filter, limit: number) {
  const found = []
  for (let cursor: string | undefined; ;) {
    const page = await api.audit.list.query({ ...filter, limit, cursor })
    expect(page.items.length).toBeLessThanOrEqual(limit)
    found.push(...page.items)
    if (page.nextCursor === null) return found
    expect(page.items).toHaveLength(limit)
    cursor = page.nextCursor
  }
}

/** Creates two users with events of several kinds, some about each other, one a millisecond. */
async function history(app: TestApp) {
  const root = await addAdmin(app, 'root')
  const [ada, eve] = [await signUp(app, 'ada'), await signUp(app, 'eve')]
  for (const role of ['admin', 'user', 'admin'] as const) {
    app.clock.advance(1)
    await root.api.users.setRole.mutate({ id: ada.id, role })
  }
  for (let count = 0; count < 3; count += 1) {
    app.clock.advance(1)
    await ada.api.auth.elevate.mutate({ password })
    app.clock.advance(1)
    await app.newClient().auth.login.mutate({ username: 'eve', password })
    app.clock.advance(1)
    await ada.api.users.revokeSessions.mutate({ id: eve.id })
    app.clock.advance(1)
    await failure(app.newClient().auth.login.mutate({ username: 'eve', password: 'wrong' }))
  }
  return { root, ada, eve }
}

describeOnEach('the audit log', (databaseKind) => {
  test('is readable by admins only', async () => {
    await using app = await testApp({ databaseKind })
    const root = await addAdmin(app, 'root')
    const ada = await signUp(app, 'ada')
    expect(await failure(app.newClient().audit.list.query())).toEqual({ reason: 'UNAUTHENTICATED' })
    expect(await failure(ada.api.audit.list.query())).toEqual({ reason: 'FORBIDDEN' })
    app.clock.advance(11 * 60_000)
    expect(await failure(root.api.audit.list.query())).toBeUndefined()
  })

  test('names actor, target, time, address and request', async () => {
    await using app = await testApp({ databaseKind })
    const root = await addAdmin(app, 'root')
    app.clock.advance(1)
    const ada = await signUp(app, 'ada')
    app.clock.advance(1)
    const { cookies } = await post(app.url, 'auth.login', { username: 'root', password })
    const input = { id: ada.id, role: 'admin' }
    app.clock.advance(1)
    const answer = await post(app.url, 'users.setRole', input, cookies[0])
    const { items } = await root.api.audit.list.query({ event: 'role-changed' })
    expect(items).toEqual([
      {
        id: expect.any(String),
        at: new Date(app.clock.now()).toISOString(),
        event: 'role-changed',
        actor: { kind: 'user', id: root.id, username: 'root' },
        subject: { id: ada.id, username: 'ada' },
        ip: '127.0.0.1',
        userAgent: 'node',
        requestId: answer.headers.get('x-request-id'),
        detail: { from: 'user', to: 'admin' },
      },
    ])
    const created = await root.api.audit.list.query({ event: 'account-created' })
    expect(created.items).toMatchObject([
      { actor: { kind: 'system' }, subject: { id: root.id }, ip: null, userAgent: null, requestId: null },
    ])
  })

  test('stores only a hash of an unknown user name', async () => {
    await using app = await testApp({ databaseKind })
    const root = await addAdmin(app, 'root')
    const typed = 'my password by mistake'
    for (const username of [typed, typed, 'another']) {
      app.clock.advance(1)
      await failure(app.newClient().auth.login.mutate({ username, password: 'canary' }))
    }
    const { items } = await root.api.audit.list.query({ event: 'login-failed' })
    expect(items.map(({ actor, subject }) => [actor, subject])).toEqual(
      items.map(() => [{ kind: 'anonymous' }, null]),
    )
    const [other, second, first] = items.map(({ detail }) => detail['identifier'])
    expect(first).toEqual(second)
    expect(other).not.toEqual(second)
    expect(JSON.stringify(items)).not.toMatch(/mistake|another|canary/)
  })

  test('has pages, newest first, without gaps and repetitions, with every filter', async () => {
    await using app = await testApp({ databaseKind })
    const { root, ada, eve } = await history(app)
    const everything = await listAll(root, {}, 100)
    expect(everything.length).toBeGreaterThan(14)
    expect(everything.map(({ id }) => id)).toEqual(
      everything
        .map(({ id }) => id)
        .toSorted()
        .toReversed(),
    )
    const filters: Filter[] = [
      {},
      { event: 'sessions-revoked' },
      { userId: root.id },
      { userId: ada.id },
      { userId: eve.id },
      { userId: ada.id, event: 'sessions-revoked' },
      { userId: ada.id, event: 'role-changed' },
      { userId: ada.id, event: 'elevated' },
      { userId: eve.id, event: 'login-failed' },
    ]
    for (const filter of filters) {
      const { userId, event: name } = filter
      const expected = everything.filter(({ actor, subject, event }) => {
        const isOf =
          userId === undefined || subject?.id === userId || (actor.kind === 'user' && actor.id === userId)
        return isOf && (name === undefined || event === name)
      })
      expect(expected.length).toBeGreaterThan(2)
      for (const limit of [1, 3, expected.length, 100]) {
        expect(await listAll(root, filter, limit)).toEqual(expected)
      }
    }
    expect(await listAll(root, { userId: unknownId }, 20)).toEqual([])
    expect(await listAll(root, { event: 'closed' }, 20)).toEqual([])
  })

  test('does not shift between pages', async () => {
    await using app = await testApp({ databaseKind })
    const { root, ada } = await history(app)
    const before = await listAll(root, {}, 100)
    const first = await root.api.audit.list.query({ limit: 5 })
    app.clock.advance(1)
    await ada.api.auth.elevate.mutate({ password })
    const cursor = first.nextCursor ?? ''
    const rest = await root.api.audit.list.query({ limit: 100, cursor })
    expect([...first.items, ...rest.items]).toEqual(before)
  })

  test('fails with INVALID_INPUT for an impossible event, user or cursor', async () => {
    await using app = await testApp({ databaseKind })
    await addAdmin(app, 'root')
    const { cookies } = await post(app.url, 'auth.login', { username: 'root', password })
    const inputs = [
      { event: 'no-such' },
      { userId: 'ada' },
      { cursor: 'x' },
      { limit: 101 },
      { actor: 'ada' },
    ]
    for (const input of inputs) {
      const query = encodeURIComponent(JSON.stringify(input))
      const answer = await get(app.url, `audit.list?input=${query}`, cookies[0])
      expect([answer.status, reasonIn(answer)]).toEqual([400, 'INVALID_INPUT'])
    }
  })

  test('can be filtered by every event', async () => {
    await using app = await testApp({ databaseKind })
    const root = await addAdmin(app, 'root')
    for (const event of auditEvents) {
      expect(await failure(root.api.audit.list.query({ event }))).toBeUndefined()
    }
  })

  test('shows events of a newer release too', async () => {
    await using app = await testApp({ databaseKind })
    const root = await addAdmin(app, 'root')
    await app.services.db.write((tx) =>
      tx.updateTable('audit_events').set({ event: 'from-the-future' }).where('event', '=', 'login').execute(),
    )
    const { items } = await root.api.audit.list.query()
    expect(items.map(({ event }) => event)).toContain('from-the-future')
  })
})
