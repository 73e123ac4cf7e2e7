import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { addAdmin, password, signUp } from '../support/actors.ts'
import { failure, get } from '../support/raw-call.ts'

describeOnEach('the activity of the user', (databaseKind) => {
  test('contains events that the user caused or that concern the user, newest first', async () => {
    await using app = await testApp({ databaseKind })
    const root = await addAdmin(app, 'root')
    const ada = await signUp(app, 'ada')
    await signUp(app, 'eve')
    app.clock.advance(1)
    await failure(app.newClient().auth.login.mutate({ username: 'ada', password: 'wrong' }))
    app.clock.advance(1)
    await root.api.users.setRole.mutate({ id: ada.id, role: 'admin' })
    const { items, nextCursor } = await ada.api.account.activity.query()
    expect(nextCursor).toBeNull()
    const self = { id: ada.id, username: 'ada' }
    const known = { id: expect.any(String), at: expect.any(String), requestId: expect.any(String) }
    const here = { ip: '127.0.0.1', userAgent: 'node' }
    expect(items).toEqual([
      {
        ...known,
        event: 'role-changed',
        actor: { kind: 'user', id: root.id, username: 'root' },
        subject: self,
        // Ada must not see the admin's address.
        ip: null,
        userAgent: null,
        detail: { from: 'user', to: 'admin' },
      },
      { ...known, ...here, event: 'login-failed', actor: { kind: 'anonymous' }, subject: self, detail: {} },
      { ...known, ...here, event: 'signup', actor: { kind: 'user', ...self }, subject: self, detail: {} },
    ])
    expect(items[0]?.at).toBe(new Date(app.clock.now()).toISOString())
    const raw = await get(app.url, 'account.activity')
    expect(raw.status).toBe(401)
  })

  test('contains no control of the user agent that an attacker chose', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada')
    app.clock.advance(1)
    await fetch(`${app.url}/trpc/auth.login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'evil\u009B31m\u0085' },
      body: JSON.stringify({ username: 'ada', password: 'wrong' }),
    })
    const { items } = await ada.api.account.activity.query()
    expect(items[0]).toMatchObject({ event: 'login-failed', userAgent: 'evil?31m?' })
  })

  test('stores at most 300 bytes of a user agent', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada')
    app.clock.advance(1)
    await fetch(`${app.url}/trpc/auth.login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': `Old\u00ff${'\u00e9'.repeat(400)}` },
      body: JSON.stringify({ username: 'ada', password: 'wrong' }),
    })
    const { items } = await ada.api.account.activity.query()
    expect(items[0]?.userAgent).toBe(`Old${'?'.repeat(297)}`)
  })

  test('names no other users when DIRECTORY is admins', async () => {
    await using app = await testApp({ databaseKind, settings: { directory: 'admins' } })
    const root = await addAdmin(app, 'root')
    const ada = await signUp(app, 'ada')
    app.clock.advance(1)
    await root.api.users.revokeSessions.mutate({ id: ada.id })
    app.clock.advance(1)
    await ada.api.auth.login.mutate({ username: 'ada', password })
    const { items } = await ada.api.account.activity.query()
    expect(items.map(({ event }) => event)).toEqual(['login', 'sessions-revoked', 'signup'])
    expect(items[1]?.actor).toEqual({ kind: 'user', id: root.id, username: null })
    expect(items[1]?.subject).toEqual({ id: ada.id, username: 'ada' })
  })

  test('has pages without gaps and repetitions', async () => {
    await using app = await testApp({ databaseKind })
    const root = await addAdmin(app, 'root')
    const ada = await signUp(app, 'ada')
    for (const role of ['admin', 'user', 'admin', 'user'] as const) {
      await root.api.users.setRole.mutate({ id: ada.id, role })
      await ada.api.auth.elevate.mutate({ password })
    }
    const all = (await ada.api.account.activity.query({ limit: 100 })).items
    expect(all).toHaveLength(9)
    for (const limit of [1, 2, 3, 9]) {
      const found = []
      for (let cursor: string | undefined; ;) {
        const page = await ada.api.account.activity.query({ limit, cursor })
        expect(page.items.length).toBeLessThanOrEqual(limit)
        found.push(...page.items)
        if (page.nextCursor === null) break
        cursor = page.nextCursor
      }
      expect(found).toEqual(all)
    }
  })

  test('fails with INVALID_INPUT for the cursor of another list and for limits out of range', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada')
    const cursor = Buffer.from('"ada"').toString('base64url')
    expect(await failure(ada.api.account.activity.query({ cursor }))).toMatchObject({
      fields: { cursor: ['This cursor does not belong to this list.'] },
    })
    for (const limit of [0, 101]) {
      expect(await failure(ada.api.account.activity.query({ limit }))).toMatchObject({
        reason: 'INVALID_INPUT',
      })
    }
  })
})
