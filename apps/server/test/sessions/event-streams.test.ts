import { createServer } from 'node:http'
import { streamLimits } from '@app/contract'
import { DatabaseUnavailable } from '@app/router'
import { expect, test } from 'vitest'
import { sendEvents } from '../../src/api/event-stream.ts'
import { createOpenStreams } from '../../src/api/open-streams.ts'
import { trpcEvents } from '../../src/api/trpc-events.ts'
import { metricsPrefix } from '../../src/operations/metrics.ts'
import { listen as listenOn } from '../../src/process/listen.ts'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { watchReads } from '../support/database-reads.ts'
import { openStream } from '../support/event-stream.ts'
import { refusalOf } from '../support/failure-of.ts'
import { post, reasonIn } from '../support/raw-call.ts'
import { openRawConnection } from '../support/raw-connection.ts'
import { act, listen, streamAddress } from '../support/session-streams.ts'

// What a response without an end needs from the server.

test('event stream: its headers forbid proxies to store, change or buffer it', async () => {
  await using app = await testApp()
  await using stream = await listen(app, (await newUser(app)).cookie)
  expect(Object.fromEntries(stream.response.headers)).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
    'x-request-id': expect.any(String),
  })
  expect(stream.response.headers.get('content-encoding')).toBeNull()
})

test('event stream: sends the reconnect time, and then pings before a proxy times out', async () => {
  await using app = await testApp()
  const { cookie } = await newUser(app)
  using line = await openRawConnection(app.url)
  line.send(`GET /trpc/sessions.events HTTP/1.1\r\nHost: ${line.host}\r\nCookie: ${cookie}\r\n\r\n`)
  const begun = await line.until(/"type":"changed"/)
  const [, retry] = /retry: (\d+)\n\n/.exec(begun) ?? []
  expect(Number(retry)).toBeGreaterThanOrEqual(2_000)
  expect(Number(retry)).toBeLessThanOrEqual(6_000)
  // The client's time-out for a dead connection must be longer than the time between two pings.
  expect(begun).toContain('data: {"reconnectAfterInactivityMs":45000}')
  app.pingTicker.tick()
  expect(await line.until(/event: ping/)).not.toContain('return')
})

test('event stream: opens by GET, outside of batches, and from own pages only', async () => {
  await using app = await testApp()
  const address = streamAddress(app)
  const { cookie } = await newUser(app)
  const byPost = await fetch(address, { method: 'POST', headers: { cookie } })
  expect(byPost.headers.get('allow')).toBe('GET')
  expect(await refusalOf(byPost)).toEqual([405, 'METHOD_NOT_ALLOWED'])
  const inBatch = await fetch(`${address},account.me?batch=1`, { headers: { cookie } })
  expect(await refusalOf(inBatch)).toEqual([400, 'BATCH_REFUSED'])
  for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
    expect(await refusalOf(await fetch(address, { headers: { cookie, ...headers } }))).toEqual([
      403,
      'CROSS_ORIGIN',
    ])
  }
  await using ours = await openStream(address, { cookie, 'sec-fetch-site': 'same-origin' })
  expect(await ours.message()).toBeDefined()
})

test('event stream: a rejected one is logged and counted as its failure', async () => {
  await using app = await testApp({ host: { metricsPort: 0 } })
  const { cookie } = await newUser(app)
  const counted = async () => {
    const text = await (await fetch(String(app.metricsUrl))).text()
    return text
      .split('\n')
      .filter((line) => line.startsWith(`${metricsPrefix}_calls_total{procedure="sessions.events"`))
  }
  const lines = () => app.log.lines.filter(({ path }) => path === '/trpc/sessions.events')
  await using refused = await openStream(streamAddress(app), {})
  await refused.rest()
  await expect.poll(lines).toMatchObject([{ status: 200, failures: ['UNAUTHENTICATED'] }])
  expect(await counted()).toEqual([
    `${metricsPrefix}_calls_total{procedure="sessions.events",outcome="UNAUTHENTICATED"} 1`,
  ])
  await using begun = await openStream(streamAddress(app), { cookie })
  await begun.message()
  await begun.close()
  await expect
    .poll(async () => (await counted()).at(-1))
    .toBe(`${metricsPrefix}_calls_total{procedure="sessions.events",outcome="ok"} 1`)
  expect(lines().at(-1)).not.toHaveProperty('failures')
})

test('event stream: a client that disconnects leaves nothing and no log line', async () => {
  await using app = await testApp()
  const { cookie } = await newUser(app)
  await using stream = await listen(app, cookie)
  const listeners = () => [app.services.sessionStreams.count, app.ticker.listeners, app.pingTicker.listeners]
  expect(listeners()).toEqual([1, 1, 1])
  await stream.close()
  await expect.poll(listeners).toEqual([0, 0, 0])
  await expect
    .poll(() => app.log.lines.filter(({ path }) => path === '/trpc/sessions.events'))
    .toMatchObject([{ level: 'info', status: 200, aborted: true }])
})

test('event stream: one too many ends the oldest of the session for good, and no other session’s', async () => {
  await using app = await testApp()
  const { username, cookie } = await newUser(app)
  const other = await post(app.url, 'auth.login', { username, password: 'correct horse battery' })
  await using elsewhere = await listen(app, other.cookies[0] ?? '')
  await using oldest = await listen(app, cookie)
  await using streams = new AsyncDisposableStack()
  for (let count = 0; count < streamLimits.session; count += 1) streams.use(await listen(app, cookie))
  // `return` keeps an EventSource from reconnecting and ending the next stream.
  expect(await oldest.rest()).toEqual([{ event: 'return', data: '' }])
  expect(app.services.sessionStreams.count).toBe(streamLimits.session + 1)
  await act(app, 'account.updateProfile', { name: 'Ada Lovelace' }, cookie)
  expect(await elsewhere.message()).toMatchObject({ data: { type: 'changed' } })
})

test('event stream: one too many for a user ends the oldest of all sessions', async () => {
  await using app = await testApp()
  const { username, cookie } = await newUser(app)
  await using oldest = await listen(app, cookie)
  await using streams = new AsyncDisposableStack()
  for (let device = 0; device * streamLimits.session < streamLimits.user; device += 1) {
    const another = await act(app, 'auth.login', { username, password: 'correct horse battery' }, '')
    for (let count = 0; count < streamLimits.session; count += 1) streams.use(await listen(app, another))
  }
  const heard = await oldest.rest()
  expect(heard.at(-1)).toEqual({ event: 'return', data: '' })
  expect(heard.map(({ data }) => data)).not.toContain('{"type":"ended"}')
  expect(app.services.sessionStreams.count).toBe(streamLimits.user)
})

test('event stream: a stopping server ends it, and clients do not take that for the end of the session', async () => {
  await using app = await testApp()
  const { cookie } = await newUser(app)
  await using stream = await listen(app, cookie)
  await app.close(60_000)
  expect(await stream.rest()).toEqual([])
  await expect.poll(() => [app.services.sessionStreams.count, app.ticker.listeners]).toEqual([0, 0])
})

test('event stream: a short database outage ends no stream', async () => {
  await using app = await testApp()
  const { cookie } = await newUser(app)
  await using stream = await listen(app, cookie)
  {
    using reads = watchReads(app)
    reads.fail(new DatabaseUnavailable('planted'))
    app.ticker.tick()
    await expect.poll(() => reads.count()).toBe(1)
  }
  await act(app, 'account.updateProfile', { name: 'Ada Lovelace' }, cookie)
  expect(await stream.message()).toMatchObject({ data: { type: 'changed' } })
})

test('event stream: an internal error is INTERNAL, and logged', async () => {
  await using app = await testApp()
  const { cookie } = await newUser(app)
  await using stream = await listen(app, cookie)
  using reads = watchReads(app)
  reads.fail(new TypeError('planted'))
  app.ticker.tick()
  const [last] = await stream.rest()
  expect(last?.event).toBe('serialized-error')
  expect(reasonIn({ ...(await post(app.url, 'no.such', {})), text: last?.data ?? '' })).toBe('INTERNAL')
  expect(app.log.expectErrors()).toMatchObject([{ msg: 'a call failed', path: 'sessions.events' }])
})

test('event stream: a client that does not read blocks further events and frees them at its end', async () => {
  let made = 0
  const left = Promise.withResolvers<void>()
  async function* values() {
    try {
      for (; ; made += 1) yield 'x'.repeat(64 * 1024)
    } finally {
      left.resolve()
    }
  }
  const server = createServer((_request, response) => {
    const format = trpcEvents({ lastEventId: undefined, failure: String })
    const streams = createOpenStreams(new AbortController().signal)
    void sendEvents(response, { values: values(), format, streams, abort: () => undefined })
  })
  const port = await listenOn(server, { port: 0, host: '127.0.0.1' })
  using line = await openRawConnection(`http://127.0.0.1:${port}`)
  line.socket.pause()
  line.send(`GET / HTTP/1.1\r\nHost: ${line.host}\r\n\r\n`)
  // When the number no longer grows, the buffers of both sides are full.
  let before = -1
  await expect
    .poll(
      () => {
        const isStill = made > 0 && made === before
        before = made
        return isStill
      },
      { interval: 100 },
    )
    .toBe(true)
  expect(made * 64 * 1024).toBeLessThan(64 * 1024 * 1024)
  line.socket.destroy()
  await left.promise
  server.close()
})
