import { describe, expect, test } from 'vitest'
import { metricsPrefix } from '../../src/operations/metrics.ts'
import { restRoutes } from '../../src/rest/routes.ts'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser, password, unknownId } from '../support/actors.ts'
import { eventsOf } from '../support/audit-rows.ts'
import { watchReads } from '../support/database-reads.ts'
import { occupyHashSlot } from '../support/occupy-hash-slot.ts'
import { openRawConnection } from '../support/raw-connection.ts'
import { readMetrics } from '../support/read-metrics.ts'
import { problemIn, reasonOf, rest } from './rest-call.ts'

const site = 'https://app.example.org'
const host = { publicUrl: 'http://localhost:1', allowedOrigins: [site] }

/** Every route as a request line, with an id in each parameter. */
const requestLines = Object.entries(restRoutes).map(([procedure, { method, path }]) => ({
  procedure,
  method,
  path: path.replaceAll(/\{\w+\}/g, unknownId),
}))

describe('REST: requests of other sites', () => {
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example' },
    { origin: `${site}.evil.example`, 'sec-fetch-site': 'same-origin' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
  ]

  test('change nothing and open no stream, whatever the route', async () => {
    await using app = await testApp({ host })
    const { cookie } = await newUser(app)
    const events = await eventsOf(app, async () => {
      for (const { procedure, method, path } of requestLines) {
        if (method === 'GET' && procedure !== 'sessions.events') continue
        for (const headers of foreign) {
          const answer = await rest(app.url, `${method} /${path.slice(1)}`, { cookie, headers })
          expect([procedure, headers, reasonOf(answer)]).toEqual([procedure, headers, 'CROSS_ORIGIN'])
          expect(answer.headers.get('access-control-allow-origin')).toBeNull()
          expect(answer.cookies).toEqual([])
        }
      }
    })
    expect(events).toEqual([])
    expect((await rest(app.url, 'GET /account', { cookie })).status).toBe(200)
  })

  test('pass from allowed origins, which may read the responses', async () => {
    await using app = await testApp({ host })
    const { username } = await newUser(app)
    const headers = { origin: site, 'sec-fetch-site': 'cross-site' }
    const answer = await rest(app.url, 'POST /auth/login', { body: { username, password }, headers })
    expect([answer.status, answer.cookies.length > 0]).toEqual([200, true])
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'access-control-allow-origin': site,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'X-Request-Id, Retry-After, Link',
      vary: 'Origin',
    })
  })

  test('get preflights answered for allowed origins only', async () => {
    await using app = await testApp({ host })
    for (const origin of [site, 'https://evil.example']) {
      const headers = { origin, 'access-control-request-method': 'PATCH' }
      const { status, headers: sent } = await rest(app.url, 'OPTIONS /account', { headers })
      expect(status).toBe(204)
      const isAllowed = origin === site
      expect([sent.get('access-control-allow-origin'), sent.get('access-control-allow-methods')]).toEqual(
        isAllowed ? [site, 'GET, HEAD, POST, PUT, PATCH, DELETE'] : [null, null],
      )
      expect(sent.get('access-control-allow-headers') ?? '').not.toMatch(/authorization/i)
    }
  })
})

describe('REST: rejections before any procedure', () => {
  test('are problems: a foreign Host, also in an absolute target', async () => {
    await using app = await testApp()
    const { host: own } = new URL(app.url)
    for (const [target, name] of [
      ['/api/v1/account', 'evil.example'],
      ['http://evil.example/api/v1/account', own],
    ]) {
      using line = await openRawConnection(app.url)
      line.send(`GET ${target} HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`)
      const [head = '', body = ''] = (await line.rest()).split('\r\n\r\n')
      expect(head).toMatch(/^HTTP\/1\.1 421 /)
      expect(head).toMatch(/^content-type: application\/problem\+json$/im)
      expect(reasonOf({ body: JSON.parse(body) })).toBe('MISDIRECTED')
    }
  })

  test('are problems: no room for the bytes of a call', async () => {
    await using app = await testApp({ inFlightBytes: { caller: 1_000, process: 1_000 } })
    const answer = await rest(app.url, 'POST /auth/login', { body: { username: 'ada', password } })
    expect(problemIn(answer)).toMatchObject({ reason: 'UNAVAILABLE', retryAfterSeconds: 1 })
  })

  test('are problems: a full hash queue, before any database read', async () => {
    await using app = await testApp({ settings: { hashConcurrency: 1, hashQueue: 0 } })
    using reads = watchReads(app)
    using _busy = await occupyHashSlot(app)
    for (const route of ['POST /auth/login', 'POST /auth/signup', 'POST /auth/recovery/reset'] as const)
      expect(problemIn(await rest(app.url, route, { body: {} }))).toMatchObject({ reason: 'BUSY' })
    expect(reads.count()).toBe(0)
  })
})

test('REST: an internal error is INTERNAL with nothing but the request id', async () => {
  await using app = await testApp()
  const { cookie } = await newUser(app)
  using reads = watchReads(app)
  reads.fail(new TypeError('planted secret'))
  const answer = await rest(app.url, 'GET /account', { cookie })
  expect(JSON.stringify(answer.body)).not.toContain('planted')
  expect(answer.body).toEqual({
    type: '/api/problems/INTERNAL',
    title: 'Something went wrong on our side.',
    status: 500,
    detail: 'Something went wrong on our side.',
    instance: `urn:uuid:${answer.headers.get('x-request-id')}`,
    reason: 'INTERNAL',
  })
  expect(app.log.expectErrors()).toMatchObject([
    { msg: 'a call failed', path: 'account.me', requestId: answer.headers.get('x-request-id') },
  ])
})

test('REST: log lines and metrics name the procedure', async () => {
  await using app = await testApp({ host: { metricsPort: 0 } })
  const { cookie } = await newUser(app)
  await rest(app.url, 'GET /account', { cookie })
  await rest(app.url, `DELETE /account/sessions/${unknownId}?secret=x`, { cookie })
  await rest(app.url, 'GET /nothing', { cookie })
  await expect.poll(() => app.log.lines).toHaveLength(4)
  expect(app.log.lines.slice(1)).toMatchObject([
    { method: 'GET', path: '/api/v1/account', procedure: 'account.me', status: 200 },
    { path: `/api/v1/account/sessions/${unknownId}`, procedure: 'sessions.revoke', status: 400 },
    { path: '/api/v1/nothing', status: 404 },
  ])
  expect(app.log.lines[3]).not.toHaveProperty('procedure')
  const metrics = await readMetrics(app)
  const count = (procedure: string, outcome: string) =>
    metrics.get(`${metricsPrefix}_calls_total{procedure="${procedure}",outcome="${outcome}"}`)
  expect(count('account.me', 'ok')).toBe(1)
  expect(count('sessions.revoke', 'INVALID_INPUT')).toBe(1)
  expect(count('none', 'NO_SUCH_PROCEDURE')).toBe(1)
})

test('REST: runs 4 calls of an account at a time, and does not delay those that recover it', async () => {
  await using app = await testApp()
  const { cookie, id } = await newUser(app)
  const slot = await app.services.heavyReads.enter(id)
  const lists = Array.from({ length: 10 }, () => rest(app.url, 'GET /account/activity', { cookie }))
  await expect.poll(() => app.services.heavyReads.load().waiting).toBe(4)
  const cancelled = await rest(app.url, 'DELETE /account/factor-reset', { cookie })
  expect([cancelled.status, app.services.heavyReads.load().waiting]).toEqual([204, 4])
  slot?.[Symbol.dispose]()
  expect((await Promise.all(lists)).map(({ status }) => status)).toEqual(Array(10).fill(200))
})
