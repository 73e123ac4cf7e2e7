import { describeOnEach, describeOnPostgres, lockTable } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import type { CookieActor } from '../support/actors.ts'
import { watchReads } from '../support/database-reads.ts'
import { get, post } from '../support/raw-call.ts'
import { openRawConnection } from '../support/raw-connection.ts'

/** Keeps 256 requests from 192.0.2.1 in flight: each announces a body and does not send it. */
async function fillAddress({ url }: TestApp): Promise<AsyncDisposableStack> {
  const lines = new AsyncDisposableStack()
  for (let count = 0; count < 256; count += 1) {
    const line = lines.use(await openRawConnection(url))
    line.send(`POST /trpc/auth.logout HTTP/1.1\r\nHost: ${line.host}\r\nX-Forwarded-For: 192.0.2.1\r\n`)
    line.send('Content-Type: application/json\r\nContent-Length: 9\r\n\r\n{')
  }
  await expect.poll(async () => (await probe(url, '/livez')).status).toBe(503)
  return lines
}

const probe = (url: string, path: string, { from = '192.0.2.1', cookie = '' } = {}) =>
  fetch(`${url}${path}`, { headers: { 'X-Forwarded-For': from, ...(cookie === '' ? {} : { cookie }) } })

test('crowded address: allows 256 requests in flight for an address behind a proxy', async () => {
  await using app = await testApp({ host: { trustProxy: 1 } })
  await using _lines = await fillAddress(app)
  const refused = await probe(app.url, '/livez')
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1'])
  expect((await probe(app.url, '/livez', { from: '192.0.2.2' })).status).toBe(200)
})

describeOnEach('crowded address: one with 256 requests in flight', (databaseKind) => {
  test('does not refuse calls and pages of its live sessions, also after a pause of minutes', async () => {
    await using app = await testApp({ databaseKind, host: { trustProxy: 1 } })
    const [active, away] = [await newUser(app), await newUser(app)]
    expect((await get(app.url, 'account.me', active.cookie)).status).toBe(200)
    forgetLiveToken(app, away)
    await using _lines = await fillAddress(app)
    for (const { cookie } of [away, active, away]) {
      expect((await probe(app.url, '/trpc/account.me', { cookie })).status).toBe(200)
      expect((await probe(app.url, '/robots.txt', { cookie })).status).toBe(200)
    }
  })

  test('refuses an ended session, and reads the database once for it', async () => {
    await using app = await testApp({ databaseKind, host: { trustProxy: 1 } })
    const { cookie } = await newUser(app)
    expect((await post(app.url, 'auth.logout', {}, cookie)).status).toBe(200)
    await using _lines = await fillAddress(app)
    using reads = watchReads(app)
    for (let count = 0; count < 3; count += 1)
      expect((await probe(app.url, '/trpc/account.me', { cookie })).status).toBe(503)
    expect(reads.count()).toBe(1)
  })
})

describeOnPostgres('crowded address: while the database hangs', () => {
  test('requests with one token share a read', async () => {
    await using app = await testApp({ databaseKind: 'postgres', host: { trustProxy: 1 } })
    const ada = await newUser(app)
    expect((await get(app.url, 'account.me', ada.cookie)).status).toBe(200)
    await using lines = await fillAddress(app)
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
  await using app = await testApp({ host: { trustProxy: 1 } })
  const [ada, grace] = [await newUser(app), await newUser(app)]
  await using lines = await fillAddress(app)
  const { host } = new URL(app.url)
  for (let count = 0; count < 32; count += 1) {
    const line = lines.use(await openRawConnection(app.url))
    line.send(`POST /trpc/account.updateProfile HTTP/1.1\r\nHost: ${host}\r\nX-Forwarded-For: 192.0.2.1\r\n`)
    line.send(`Cookie: ${ada.cookie}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`)
  }
  const me = async ({ cookie }: CookieActor) => (await probe(app.url, '/trpc/account.me', { cookie })).status
  await expect.poll(() => me(ada)).toBe(503)
  expect(await me(grace)).toBe(200)
})

/** As after a minute without a call. */
function forgetLiveToken({ services }: TestApp, { cookie }: CookieActor): void {
  const claims = services.sessionTokens.verify(cookie.slice('session='.length))
  services.liveTokens.delete(claims?.tokenId ?? '')
}
