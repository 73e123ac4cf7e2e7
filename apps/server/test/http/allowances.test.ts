import { rateLimits } from '@app/contract'
import { identifyCaller } from '@app/router'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newUser, password } from '../support/actors.ts'
import type { CookieActor } from '../support/actors.ts'
import { watchReads } from '../support/database-reads.ts'
import { giveToken } from '../support/give-token.ts'
import { credentialHeaders, get, post, reasonIn } from '../support/raw-call.ts'
import type { Credentials } from '../support/raw-call.ts'
import { openRawConnection } from '../support/raw-connection.ts'

type LimitName = keyof typeof rateLimits

/** Uses an allowance up to the points in `left`. */
async function useUp(app: TestApp, limit: LimitName, key: string, left = 0): Promise<void> {
  await app.services.rateLimits.consume(limit, key, rateLimits[limit].points - left)
}

async function endedToken(app: TestApp, { username }: CookieActor): Promise<string> {
  const { cookies } = await post(app.url, 'auth.login', { username, password })
  const [cookie = ''] = cookies
  expect((await post(app.url, 'auth.logout', {}, cookie)).status).toBe(200)
  return cookie
}

const me = async (app: TestApp, cookie: string) => reasonIn(await get(app.url, 'account.me', cookie))

test('allowances: a new session of an account gets no new allowance', async () => {
  await using app = await testApp()
  const ada = await newUser(app)
  const { cookies } = await post(app.url, 'auth.login', { username: ada.username, password })
  await useUp(app, 'reserveCallsPerAccount', ada.id)
  await useUp(app, 'queriesPerAccount', ada.id, 1)
  expect(await me(app, ada.cookie)).toBeUndefined()
  expect(await me(app, cookies[0] ?? '')).toBe('RATE_LIMITED')
  await useUp(app, 'mutationsPerAccount', ada.id)
  const edit = await post(app.url, 'account.updateProfile', { name: 'Ada' }, cookies[0])
  expect(reasonIn(edit)).toBe('RATE_LIMITED')
})

describeOnEach('allowances: ended and expired tokens', (databaseKind) => {
  test('count for the address; a live session does not', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await newUser(app)
    const ended = await Promise.all([endedToken(app, ada), endedToken(app, ada)])
    const expired = ada.cookie
    app.clock.advance(2 * 3_600_000)
    const { cookies } = await post(app.url, 'auth.login', { username: ada.username, password })
    await useUp(app, 'anonymousCallsPerAddress', '127.0.0.1')
    for (const cookie of [...ended, expired]) expect(await me(app, cookie)).toBe('RATE_LIMITED')
    expect(await me(app, cookies[0] ?? '')).toBeUndefined()
  })

  test('cost one database read in total', async () => {
    await using app = await testApp({ databaseKind })
    const cookie = await endedToken(app, await newUser(app))
    using reads = watchReads(app)
    for (let count = 0; count < 3; count += 1) expect(await me(app, cookie)).toBe('SESSION_EXPIRED')
    expect(reads.count()).toBe(1)
  })
})

test('allowances: a session that uses up its account’s allowances leaves a reserve to other sessions', async () => {
  await using app = await testApp()
  const ada = await newUser(app)
  const { cookies } = await post(app.url, 'auth.login', { username: ada.username, password })
  for (const limit of ['queriesPerAccount', 'mutationsPerAccount', 'readBytesPerAccount'] as const) {
    await useUp(app, limit, ada.id)
  }
  const claims = app.services.sessionTokens.verify(ada.cookie.slice('session='.length))
  await useUp(app, 'reserveCallsPerSession', claims?.sessionId ?? '')
  expect(await me(app, ada.cookie)).toBe('RATE_LIMITED')
  expect(reasonIn(await get(app.url, 'sessions.list', cookies[0]))).toBeUndefined()
  expect(reasonIn(await post(app.url, 'sessions.revokeOthers', {}, cookies[0]))).toBeUndefined()
  expect(await me(app, ada.cookie)).toBe('SESSION_EXPIRED')
  await useUp(app, 'reserveCallsPerAccount', ada.id)
  expect(await me(app, cookies[0] ?? '')).toBe('RATE_LIMITED')
})

test('admission control: an ended or expired token counts for its address, not for the account', async () => {
  await using app = await testApp()
  const ada = await newUser(app)
  const keyOf = (cookie: string) => identifyCaller(app.services, { cookie, ip: '192.0.2.1' }).key
  const ended = await endedToken(app, ada)
  expect(await me(app, ended)).toBe('SESSION_EXPIRED')
  expect([keyOf(ada.cookie), keyOf(ended)]).toEqual([`account ${ada.id}`, '192.0.2.1'])
  const other = await post(app.url, 'auth.login', { username: ada.username, password })
  const [revoked = ''] = other.cookies
  expect(keyOf(revoked)).toBe(`account ${ada.id}`)
  expect(reasonIn(await post(app.url, 'sessions.revokeOthers', {}, ada.cookie))).toBeUndefined()
  expect(await me(app, revoked)).toBe('SESSION_EXPIRED')
  expect(keyOf(revoked)).toBe('192.0.2.1')
  app.clock.advance(2 * 3_600_000)
  expect(keyOf(ada.cookie)).toBe('192.0.2.1')
})

test('ended tokens: the server remembers at most 10,000', async () => {
  await using app = await testApp()
  const { endedTokens } = app.services
  for (let count = 0; count <= 10_000; count += 1) endedTokens.add(String(count))
  expect([endedTokens.has('0'), endedTokens.has('1'), endedTokens.has('10000')]).toEqual([false, true, true])
})

test('allowances: bytes that an account reads are limited', async () => {
  await using app = await testApp()
  const [ada, grace] = [await newUser(app), await newUser(app)]
  await useUp(app, 'reserveCallsPerAccount', ada.id)
  await useUp(app, 'readBytesPerAccount', ada.id, 100)
  const list = async (user: CookieActor) => reasonIn(await get(app.url, 'account.activity', user.cookie))
  expect([await list(ada), await list(ada)]).toEqual([undefined, 'RATE_LIMITED'])
  expect(await list(grace)).toBeUndefined()
  expect(
    reasonIn(await post(app.url, 'account.updateProfile', { name: 'Still' }, ada.cookie)),
  ).toBeUndefined()
})

test('allowances: calls of unknown procedures and paths, and bodies that cannot be read count for the address', async () => {
  await using app = await testApp()
  const type = { 'content-type': 'application/json' }
  const requests: [path: string, init?: RequestInit][] = [
    ['/trpc/no.such'],
    ['/trpc/no.such,no.other?batch=1&input={}'],
    ['/trpc/no.such', { method: 'POST', body: '[', headers: type }],
    ['/trpc/auth.logout', { method: 'POST', body: '[', headers: type }],
    ['/trpc/auth.logout', { method: 'POST', body: '{}', headers: { 'content-type': 'text/plain' } }],
    ['/api/v1/auth/login', { method: 'POST', body: '[', headers: type }],
    ['/api/authenticate', { method: 'POST', body: '[', headers: type }],
    ['/api/v1/no-such'],
    [`/api/v1/${'%41/'.repeat(3_000)}`, { method: 'PUT' }],
  ]
  const statuses = async () => {
    const found: number[] = []
    for (const [path, init] of requests) found.push((await fetch(app.url + path, init)).status)
    return found
  }
  expect(await statuses()).toEqual([404, 404, 404, 400, 415, 400, 400, 404, 404])
  // The batch counts as its two calls.
  await useUp(app, 'anonymousCallsPerAddress', '127.0.0.1', requests.length + 2)
  expect((await get(app.url, 'auth.session')).status).toBe(200)
  expect(await statuses()).toEqual(requests.map(() => 429))
})

const badBody = (app: TestApp, path: string, credentials: Credentials) =>
  fetch(app.url + path, { method: 'POST', body: '{}', headers: credentialHeaders(credentials) })

test('allowances: a body that cannot be read counts for the account of its session', async () => {
  await using app = await testApp()
  const ada = await newUser(app)
  expect(await me(app, ada.cookie)).toBeUndefined()
  await useUp(app, 'anonymousCallsPerAddress', '127.0.0.1')
  await useUp(app, 'mutationsPerAccount', ada.id, 1)
  const statuses = []
  for (let count = 0; count < 2; count += 1)
    statuses.push((await badBody(app, '/trpc/account.updateProfile', ada.cookie)).status)
  expect(statuses).toEqual([415, 429])
  // A log-in counts for the address, also with a session.
  expect((await badBody(app, '/trpc/auth.login', ada.cookie)).status).toBe(429)
})

test('allowances: a body that cannot be read counts for an access token and its account', async () => {
  await using app = await testApp()
  const ada = await newUser(app)
  const { id, token } = await giveToken(app, ada.id, { scopes: ['account:read'] })
  expect(reasonIn(await get(app.url, 'account.me', { token }))).toBeUndefined()
  await useUp(app, 'anonymousCallsPerAddress', '127.0.0.1')
  const status = async () => (await badBody(app, '/trpc/account.updateProfile', { token })).status
  await useUp(app, 'mutationsPerToken', id, 2)
  expect(await status()).toBe(415)
  await useUp(app, 'mutationsPerAccount', ada.id)
  expect(await status()).toBe(429)
})

test('allowances: an unknown procedure is rejected before the body has arrived', async () => {
  await using app = await testApp()
  using line = await openRawConnection(app.url)
  line.send(`POST /trpc/no.such HTTP/1.1\r\nHost: ${line.host}\r\nContent-Type: application/json\r\n`)
  line.send('Content-Length: 100\r\n\r\n')
  expect(await line.until(/\r\n\r\n.+/s)).toContain('HTTP/1.1 404 ')
})
