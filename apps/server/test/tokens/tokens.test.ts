import { isAdminScope, tokenLimits, tokenScopes } from '@app/contract'
import { describeOnEach } from '@app/router/testing'
import { describe, expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser, signUp } from '../support/actors.ts'
import { giveToken } from '../support/give-token.ts'
import { failure, get, post, reasonIn } from '../support/raw-call.ts'

const dayMs = 24 * 3_600_000

describeOnEach('access tokens', (databaseKind) => {
  test('create: returns the token once, and the list shows the rest', async () => {
    await using app = await testApp({ databaseKind })
    const { api } = await signUp(app, 'ada')
    const { token, ...created } = await api.tokens.create.mutate({
      name: 'Backup',
      scopes: ['account:write', 'account:read'],
    })
    expect(token).toMatch(/^acctpat_[0-9A-Za-z]{49}$/)
    const now = app.clock.now()
    expect(created).toEqual({
      id: created.id,
      name: 'Backup',
      scopes: ['account:read', 'account:write'],
      hint: `acctpat_…${token.slice(-4)}`,
      createdAt: new Date(now).toISOString(),
      expiresAt: new Date(now + tokenLimits.days.default * dayMs).toISOString(),
      lastUsedAt: null,
    })
    const { items, grantable } = await api.tokens.list.query({})
    expect(items).toEqual([created])
    expect(grantable).toEqual(tokenScopes.filter((scope) => !isAdminScope(scope)))
  })

  test('a token acts as its user, within its scopes', async () => {
    await using app = await testApp({ databaseKind })
    const { api, id } = await signUp(app, 'ada')
    const { token } = await api.tokens.create.mutate({
      name: 'Backup',
      scopes: ['account:write'],
    })
    // `write` includes `read`.
    const me = await get(app.url, 'account.me', { token })
    expect(JSON.parse(me.text)).toMatchObject({ result: { data: { id, username: 'ada' } } })
    const changed = await post(app.url, 'account.updateProfile', { name: 'Ada L' }, { token })
    expect([changed.status, changed.cookies]).toEqual([200, []])
    expect((await api.account.me.query({})).name).toBe('Ada L')
  })

  test('a token without the scope gets SCOPE_REQUIRED with the scope and a challenge', async () => {
    await using app = await testApp({ databaseKind })
    const { id } = await newUser(app)
    const { token } = await giveToken(app, id, { scopes: ['account:read'] })
    const answer = await post(app.url, 'account.updateProfile', { name: 'Ada L' }, { token })
    expect(answer.status).toBe(403)
    expect(answer.text).toContain('"failure":{"reason":"SCOPE_REQUIRED","scope":"account:write"}')
    expect(answer.headers.get('www-authenticate')).toBe(
      'Bearer error="insufficient_scope", scope="account:write"',
    )
  })

  test('revoke: ends a token for the next call, on every server', async () => {
    await using app = await testApp({ databaseKind })
    await using other = await testApp({ databaseUrl: app.databaseUrl, clock: app.clock })
    const { api } = await signUp(app, 'ada')
    const { id, token } = await api.tokens.create.mutate({ name: 'Backup', scopes: ['account:read'] })
    for (const { url } of [app, other]) expect((await get(url, 'account.me', { token })).status).toBe(200)
    await api.tokens.revoke.mutate({ id })
    for (const { url } of [app, other]) {
      const answer = await get(url, 'account.me', { token })
      expect([answer.status, reasonIn(answer)]).toEqual([401, 'UNAUTHENTICATED'])
      expect(answer.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
    }
    expect(await failure(api.tokens.revoke.mutate({ id }))).toEqual({ reason: 'NOT_FOUND' })
    expect((await api.tokens.list.query({})).items).toEqual([])
  })

  test('expiry ends a token', async () => {
    await using app = await testApp({ databaseKind })
    const { id } = await newUser(app)
    const { token } = await giveToken(app, id, { scopes: ['account:read'], expiresInMs: dayMs })
    app.clock.advance(dayMs - 1)
    expect((await get(app.url, 'account.me', { token })).status).toBe(200)
    app.clock.advance(1)
    expect(reasonIn(await get(app.url, 'account.me', { token }))).toBe('UNAUTHENTICATED')
  })

  test('revoke: another user cannot revoke a token', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await newUser(app)
    const ben = await newUser(app)
    const { id, token } = await giveToken(app, ada.id, { scopes: ['account:read'] })
    expect(await failure(ben.api.tokens.revoke.mutate({ id }))).toEqual({ reason: 'NOT_FOUND' })
    expect((await get(app.url, 'account.me', { token })).status).toBe(200)
  })
})

describe('requests with an access token', () => {
  test('need no Origin of ours, because a page cannot send the header to another site', async () => {
    await using app = await testApp()
    const { id } = await newUser(app)
    const { token } = await giveToken(app, id, { scopes: ['account:write'] })
    const send = (headers: Record<string, string>) =>
      fetch(`${app.url}/trpc/account.updateProfile`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: 'https://evil.example', ...headers },
        body: '{"name":"Ada L"}',
      })
    expect((await send({})).status).toBe(403)
    expect((await send({ authorization: `Bearer ${token}` })).status).toBe(200)
  })

  test('beside a session cookie get TOKEN_NOT_ALLOWED, also from another site', async () => {
    await using app = await testApp()
    const { id, cookie } = await newUser(app)
    const { token } = await giveToken(app, id, { scopes: ['account:write'] })
    for (const [path, init] of [
      ['account.me', {}],
      ['account.updateProfile', { method: 'POST', body: '{"name":"Mallory"}' }],
      ['auth.logout', { method: 'POST', body: '{}' }],
    ] as const) {
      const headers = { cookie, authorization: `Bearer ${token}`, origin: 'https://evil.example' }
      const answer = await fetch(`${app.url}/trpc/${path}`, {
        ...init,
        headers: { 'content-type': 'application/json', ...headers },
      })
      expect([answer.status, await answer.text()]).toEqual([
        403,
        expect.stringContaining('"reason":"TOKEN_NOT_ALLOWED","why":"with-cookie"'),
      ])
    }
  })

  test('log lines have the id of the token, and neither the token nor its hash', async () => {
    await using app = await testApp()
    const user = await newUser(app)
    const { id, token } = await giveToken(app, user.id, { scopes: ['account:read'] })
    await get(app.url, 'account.me', { token })
    await get(app.url, 'account.me', user.cookie)
    const lines = () => app.log.lines.filter(({ path }) => path === '/trpc/account.me')
    await expect.poll(() => lines().map(({ tokenId }) => tokenId)).toEqual([id, undefined])
    expect(app.log.text).not.toContain(token)
  })
})
