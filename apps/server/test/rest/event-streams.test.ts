import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { watchReads } from '../support/database-reads.ts'
import { openStream } from '../support/event-stream.ts'
import { post } from '../support/raw-call.ts'
import { openRawConnection } from '../support/raw-connection.ts'
import { expectProblem, reasonOf, rest } from './rest-call.ts'

const address = (app: { url: string }) => `${app.url}/api/v1/account/events`

test('REST event stream: sends changes with their ids, and pings', async () => {
  await using app = await testApp()
  const { cookie } = await newUser(app)
  using line = await openRawConnection(app.url)
  line.send(`GET /api/v1/account/events HTTP/1.1\r\nHost: ${line.host}\r\nCookie: ${cookie}\r\n\r\n`)
  const begun = await line.until(/"type":"changed"/)
  expect(begun).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
  expect(begun).toMatch(/content-type: text\/event-stream\r\n/i)
  expect(begun).toMatch(/cache-control: no-store, no-transform\r\n/i)
  expect(begun).toMatch(/retry: \d{4}\n\n/)
  expect(begun).toMatch(/data: {"type":"changed"}\nid: [\w-]+\n\n|data: {"type":"changed"}$/)
  app.pingTicker.tick()
  await line.until(/event: ping\ndata: \n\n/)
})

test('REST event stream: begins after the last event that the client has', async () => {
  await using app = await testApp()
  const { cookie } = await newUser(app)
  await using first = await openStream(address(app), { cookie })
  let known = (await first.message())?.id ?? ''
  // The header is newer than the address, which an EventSource keeps.
  for (const sendsHeader of [false, true]) {
    const query = `?lastEventId=${sendsHeader ? 'older' : known}`
    const headers = { cookie, ...(sendsHeader ? { 'last-event-id': known } : {}) }
    await using stream = await openStream(address(app) + query, headers)
    await post(app.url, 'account.updateProfile', { name: `Ada ${sendsHeader}` }, cookie)
    const { id = known, data } = (await stream.message()) ?? {}
    expect(data).toEqual({ type: 'changed' })
    expect(id).not.toBe(known)
    known = id
  }
})

test('REST event stream: a failure before the first event is a problem', async () => {
  await using app = await testApp()
  const { cookie } = await newUser(app)
  for (const [query, sent, reason] of [
    ['', '', 'UNAUTHENTICATED'],
    [`?lastEventId=${'x'.repeat(101)}`, cookie, 'INVALID_INPUT'],
    ['?unknown=x', cookie, 'INVALID_INPUT'],
  ] as const) {
    const response = await fetch(address(app) + query, { headers: { cookie: sent } })
    const body: unknown = await response.json()
    expectProblem(response, body)
    expect(reasonOf({ body })).toBe(reason)
  }
})

test('REST event stream: ends with the session, and when the server stops', async () => {
  await using app = await testApp()
  const { cookie } = await newUser(app)
  await using stream = await openStream(address(app), { cookie })
  await stream.message()
  await rest(app.url, 'POST /auth/logout', { cookie })
  expect((await stream.rest()).map(({ data }) => data)).toEqual(['{"type":"ended"}'])

  const { cookie: other } = await newUser(app)
  await using open = await openStream(address(app), { cookie: other })
  await open.message()
  await app.close()
  expect(await open.rest()).toEqual([])
})

test('REST event stream: an internal error is the last event, and logged', async () => {
  await using app = await testApp()
  const { cookie } = await newUser(app)
  await using stream = await openStream(address(app), { cookie })
  await stream.message()
  using reads = watchReads(app)
  reads.fail(new TypeError('planted'))
  app.ticker.tick()
  const [last, ...more] = await stream.rest()
  expect([last?.event, more]).toEqual(['problem', []])
  expect(reasonOf({ body: JSON.parse(last?.data ?? '') })).toBe('INTERNAL')
  expect(last?.data).not.toContain('planted')
  expect(app.log.expectErrors()).toMatchObject([{ msg: 'a call failed', path: 'sessions.events' }])
})

test('REST download: streams the file, or answers a problem', async () => {
  await using app = await testApp()
  const { cookie, username } = await newUser(app)
  const { status, body, headers } = await rest(app.url, 'POST /account/export', { cookie })
  expect([status, headers.get('content-length')]).toEqual([200, null])
  expect(body).toMatchObject({ profile: { username } })
  expect(reasonOf(await rest(app.url, 'POST /account/export'))).toBe('UNAUTHENTICATED')
  expect(reasonOf(await rest(app.url, 'POST /account/export', { cookie, body: { a: 1 } }))).toBe(
    'INVALID_INPUT',
  )
})
