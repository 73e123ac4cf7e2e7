import { describeOnEach, describeOnPostgres, lockTable } from '@app/router/testing'
import { expect, test } from 'vitest'
import { socketLimits } from '../../src/http/http-server.ts'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp, TestAppOptions } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import type { CookieActor } from '../support/actors.ts'
import { watchReads } from '../support/database-reads.ts'
import { get, post } from '../support/raw-call.ts'
import { openRawConnection } from '../support/raw-connection.ts'

/** A server behind a proxy that gives a request two minutes, so that those in flight outlast a slow test. */
const appBehindProxy = (options: TestAppOptions = {}) =>
  testApp({ ...options, host: { trustProxy: 1 }, sockets: { ...socketLimits, requestMs: 120_000 } })

/** Keeps requests from 192.0.2.1 in flight: each announces a body and does not send it. */
async function announceBodies(
  url: string,
  count: number,
  path: string,
  cookie = '',
): Promise<DisposableStack> {
  const opened = await Promise.all(Array.from({ length: count }, () => openRawConnection(url)))
  const lines = new DisposableStack()
  for (const line of opened) {
    lines.use(line)
    line.send(`POST ${path} HTTP/1.1\r\nHost: ${line.host}\r\nX-Forwarded-For: 192.0.2.1\r\n`)
    line.send(`Cookie: ${cookie}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`)
  }
  return lines
}

/** Keeps as many requests of the address in flight as it may have. */
async function fillAddress({ url }: TestApp): Promise<DisposableStack> {
  const lines = await announceBodies(url, 256, '/trpc/auth.logout')
  await expect.poll(async () => (await probe(url, '/livez')).status).toBe(503)
  return lines
}

const probe = (url: string, path: string, { from = '192.0.2.1', cookie = '' } = {}) =>
  fetch(`${url}${path}`, { headers: { 'X-Forwarded-For': from, ...(cookie === '' ? {} : { cookie }) } })

test('crowded address: allows 256 requests in flight for an address behind a proxy', async () => {
  await using app = await appBehindProxy()
  using _lines = await fillAddress(app)
  const refused = await probe(app.url, '/livez')
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1'])
  expect((await probe(app.url, '/livez', { from: '192.0.2.2' })).status).toBe(200)
})

describeOnEach('crowded address: one with 256 requests in flight', (databaseKind) => {
  test('does not refuse calls and pages of its live sessions, also after a pause of minutes', async () => {
    await using app = await appBehindProxy({ databaseKind })
    const [active, away] = [await newUser(app), await newUser(app)]
    expect((await get(app.url, 'account.me', active.cookie)).status).toBe(200)
    forgetLiveToken(app, away)
    using _lines = await fillAddress(app)
    for (const { cookie } of [away, active, away]) {
      expect((await probe(app.url, '/trpc/account.me', { cookie })).status).toBe(200)
      expect((await probe(app.url, '/robots.txt', { cookie })).status).toBe(200)
    }
  })

  test('refuses an ended session, and reads the database once for it', async () => {
    await using app = await appBehindProxy({ databaseKind })
    const { cookie } = await newUser(app)
    expect((await post(app.url, 'auth.logout', {}, cookie)).status).toBe(200)
    using _lines = await fillAddress(app)
    using reads = watchReads(app)
    for (let count = 0; count < 3; count += 1)
      expect((await probe(app.url, '/trpc/account.me', { cookie })).status).toBe(503)
    expect(reads.count()).toBe(1)
  })
})

describeOnPostgres('crowded address: while the database hangs', () => {
  test('requests with one token share a read', async () => {
    await using app = await appBehindProxy({ databaseKind: 'postgres' })
    const ada = await newUser(app)
    expect((await get(app.url, 'account.me', ada.cookie)).status).toBe(200)
    using lines = await fillAddress(app)
    const pages = []
    for (let count = 0; count < 10; count += 1) pages.push(lines.use(await openRawConnection(app.url)))
    forgetLiveToken(app, ada)
    using reads = watchReads(app)
    const lock = await lockTable(app.databaseUrl, 'sessions')
    for (const { host, send } of pages) {
      send(`GET /robots.txt HTTP/1.1\r\nHost: ${host}\r\nX-Forwarded-For: 192.0.2.1\r\n`)
      send(`Cookie: ${ada.cookie}\r\nConnection: close\r\n\r\n`)
    }
    // Sent later, so the others have arrived.
    expect((await probe(app.url, '/livez')).status).toBe(503)
    await lock[Symbol.asyncDispose]()
    for (const answer of await Promise.all(pages.map(({ rest }) => rest()))) {
      expect(answer).toMatch(/^HTTP\/1.1 200 /)
    }
    expect(reads.count()).toBe(1)
  })
})

test('crowded address: an account has 32 requests in flight beyond the 256 of its address', async () => {
  await using app = await appBehindProxy()
  const [ada, grace] = [await newUser(app), await newUser(app)]
  using _lines = await fillAddress(app)
  using _more = await announceBodies(app.url, 32, '/trpc/account.updateProfile', ada.cookie)
  const me = async ({ cookie }: CookieActor) => (await probe(app.url, '/trpc/account.me', { cookie })).status
  await expect.poll(() => me(ada)).toBe(503)
  expect(await me(grace)).toBe(200)
})

/** As after a minute without a call. */
function forgetLiveToken({ services }: TestApp, { cookie }: CookieActor): void {
  const claims = services.sessionTokens.verify(cookie.slice('session='.length))
  services.liveTokens.delete(claims?.tokenId ?? '')
}
