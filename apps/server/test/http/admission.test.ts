import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { createFairStarts, releaseSlot } from '../../src/admission/fair-starts.ts'
import { createInFlightBytes } from '../../src/admission/in-flight-bytes.ts'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { get, reasonIn } from '../support/raw-call.ts'
import { openRawConnection } from '../support/raw-connection.ts'
import { listen } from '../support/session-streams.ts'

const newResponse = () => new ServerResponse(new IncomingMessage(new Socket()))
const oneTurn = () => new Promise((resolve) => setImmediate(resolve))

const network = '192.0.2'

test('fair starts: one request of another caller starts second, after 100 of a busy caller', async () => {
  const starts = createFairStarts()
  const order: string[] = []
  const start = (key: string) =>
    starts.start({ response: newResponse(), key, network, session: null, running: 200 }, () =>
      order.push(key),
    )
  for (let count = 0; count < 100; count += 1) start('busy')
  start('other')
  expect(order).toEqual(['busy'])
  while (order.length < 101) await oneTurn()
  expect(order.indexOf('other')).toBeLessThanOrEqual(2)
})

test('fair starts: a caller of another network starts second, after 100 callers of one network', async () => {
  const starts = createFairStarts()
  const order: string[] = []
  const start = (key: string, from: string) =>
    starts.start({ response: newResponse(), key, network: from, session: null, running: 4 }, () =>
      order.push(key),
    )
  for (let count = 0; count < 100; count += 1) start(`busy ${count}`, network)
  start('other', '198.51.100')
  while (order.length < 101) await oneTurn()
  expect(order.indexOf('other')).toBeLessThanOrEqual(2)
})

test('fair starts: starts no further request in a turn of the event loop after a slow one', async () => {
  const starts = createFairStarts()
  let started = 0
  for (let count = 0; count < 10; count += 1) {
    starts.start({ response: newResponse(), key: `${count}`, network, session: null, running: 4 }, () => {
      started += 1
      const endsAt = performance.now() + 1
      while (performance.now() < endsAt);
    })
  }
  expect(started).toBe(1)
  await oneTurn()
  expect(started).toBeLessThanOrEqual(3)
})

test('fair starts: limits the running requests of a caller and skips a closed request', async () => {
  const starts = createFairStarts()
  const started: ServerResponse[] = []
  const responses = Array.from({ length: 5 }, newResponse)
  for (const response of responses) {
    starts.start({ response, key: 'a', network, session: null, running: 2 }, () => started.push(response))
  }
  for (let turn = 0; turn < 10; turn += 1) await oneTurn()
  expect(started).toEqual(responses.slice(0, 2))
  responses[2]?.destroy()
  for (const response of started) releaseSlot(response)
  for (let turn = 0; turn < 10; turn += 1) await oneTurn()
  expect(started).toEqual([0, 1, 3, 4].map((at) => responses[at]))
})

test('fair starts: a session does not wait for 100 requests of another session of its account', async () => {
  const starts = createFairStarts()
  const order: string[] = []
  const start = (session: string) =>
    starts.start({ response: newResponse(), key: 'a', network, session, running: 200 }, () =>
      order.push(session),
    )
  for (let count = 0; count < 100; count += 1) start('stolen')
  start('own')
  while (order.length < 101) await oneTurn()
  expect(order.indexOf('own')).toBeLessThanOrEqual(2)
})

test('admission: runs 4 calls of an account at a time and delays no other account', async () => {
  await using app = await testApp()
  const [ada, grace] = [await newUser(app), await newUser(app)]
  const slot = await app.services.heavyReads.enter(ada.id)
  const lists = Array.from({ length: 20 }, () => get(app.url, 'account.activity', ada.cookie))
  await expect.poll(() => app.services.heavyReads.load().waiting).toBe(4)
  expect((await get(app.url, 'account.me', grace.cookie)).status).toBe(200)
  expect(app.services.heavyReads.load().waiting).toBe(4)
  slot?.[Symbol.dispose]()
  expect((await Promise.all(lists)).map(({ status }) => status)).toEqual(Array(20).fill(200))
})

test('admission: a list whose client has left while it waited for a slot waits no longer', async () => {
  await using app = await testApp()
  const { id, cookie } = await newUser(app)
  const slot = await app.services.heavyReads.enter(id)
  for (let count = 0; count < 10; count += 1) {
    using line = await openRawConnection(app.url)
    line.send(`GET /trpc/account.activity HTTP/1.1\r\nHost: ${line.host}\r\nCookie: ${cookie}\r\n\r\n`)
    await expect.poll(() => app.services.heavyReads.load().waiting).toBeGreaterThan(0)
  }
  await expect.poll(() => app.services.heavyReads.load().waiting).toBe(0)
  slot?.[Symbol.dispose]()
  expect((await get(app.url, 'account.activity', cookie)).status).toBe(200)
})

test('bytes in flight: calls beyond the limit of a caller or of the process are UNAVAILABLE', async () => {
  // A list needs 272 KB.
  await using app = await testApp({ inFlightBytes: { caller: 600_000, process: 900_000 } })
  const [ada, grace] = [await newUser(app), await newUser(app)]
  const list = ({ cookie }: { cookie: string }) => get(app.url, 'account.activity', cookie)
  const slots = [await app.services.heavyReads.enter(ada.id), app.services.heavyReads.enter(grace.id)]
  const lists = [list(ada), list(ada)]
  await expect.poll(async () => reasonIn(await list(ada))).toBe('UNAVAILABLE')
  lists.push(list(grace))
  await expect.poll(async () => reasonIn(await list(grace))).toBe('UNAVAILABLE')
  for (const slot of slots) (await slot)?.[Symbol.dispose]()
  expect((await Promise.all(lists)).map(({ status }) => status)).toEqual([200, 200, 200])
  expect((await list(ada)).status).toBe(200)
})

test('bytes in flight: a full process ends the oldest response of the caller with the most bytes', () => {
  const bytes = createInFlightBytes({ caller: 50, process: 100 })
  const [small, first, second, last] = [newResponse(), newResponse(), newResponse(), newResponse()]
  expect(bytes.reserve(small, 'few', 30)).toBe(true)
  expect(bytes.reserve(first, 'many', 20)).toBe(true)
  expect(bytes.reserve(second, 'many', 30)).toBe(true)
  expect(bytes.reserve(newResponse(), 'many', 1)).toBe(false)
  expect(bytes.reserve(last, 'other', 40)).toBe(false)
  for (const response of [small, first, second]) bytes.waitForClient(response, response === small ? 30 : 25)
  expect(bytes.reserve(last, 'other', 40)).toBe(true)
  expect([small, first, second].map(({ destroyed }) => destroyed)).toEqual([false, true, false])
  expect(bytes.total).toBe(95)
  for (const response of [small, second, last]) response.emit('close')
  expect(bytes.total).toBe(0)
})

test('bytes in flight: a full process ends a call of the largest caller in a network first', () => {
  const bytes = createInFlightBytes({ caller: 60, process: 100 })
  const [small, large] = [newResponse(), newResponse()]
  for (const [response, address, size] of [
    [small, '192.0.2.1', 20],
    [large, '192.0.2.2', 50],
  ] as const) {
    expect(bytes.reserve(response, address, size)).toBe(true)
    bytes.waitForClient(response, size)
  }
  expect(bytes.reserve(newResponse(), '198.51.100.1', 40)).toBe(true)
  expect([small.destroyed, large.destroyed]).toEqual([false, true])
})

test('bytes in flight: a caller over its limit loses the oldest response in transfer', () => {
  const bytes = createInFlightBytes({ caller: 50, process: 100 })
  const [ended, first, second] = [newResponse(), newResponse(), newResponse()]
  for (const [response, size] of [
    [ended, 0],
    [first, 25],
    [second, 25],
  ] as const) {
    expect(bytes.reserve(response, 'a', size)).toBe(true)
    bytes.waitForClient(response, size)
  }
  ended.emit('close')
  expect(bytes.reserve(newResponse(), 'a', 10)).toBe(true)
  expect([first.destroyed, second.destroyed, bytes.total]).toEqual([true, false, 35])
})

test('bytes in flight: open streams do not count against calls of the account or the process', async () => {
  await using app = await testApp({ inFlightBytes: { caller: 300_000, process: 300_000 } })
  const { cookie } = await newUser(app)
  await using streams = new AsyncDisposableStack()
  for (let count = 0; count < 8; count += 1) streams.use(await listen(app, cookie))
  expect((await get(app.url, 'account.me', cookie)).status).toBe(200)
})

test('bytes in flight: unfinished bodies from many addresses do not block another address', async () => {
  await using app = await testApp({
    host: { trustProxy: 1 },
    inFlightBytes: { caller: 300_000, process: 300_000 },
  })
  const { cookie } = await newUser(app)
  await using lines = new AsyncDisposableStack()
  for (let count = 1; count <= 6; count += 1) {
    const line = lines.use(await openRawConnection(app.url))
    line.send(
      `POST /trpc/auth.login HTTP/1.1\r\nHost: ${line.host}\r\nX-Forwarded-For: 2001:db8:1:${count}::1\r\n`,
    )
    line.send('Content-Type: application/json\r\nContent-Length: 90000\r\nExpect: 100-continue\r\n\r\n')
    await line.until(/100 Continue/)
  }
  expect((await get(app.url, 'account.me', cookie)).status).toBe(200)
})

test('bytes in flight: a full process ends a call of the network with the most bytes first', () => {
  const bytes = createInFlightBytes({ caller: 50, process: 100 })
  const flood = [1, 2, 3, 4].map((count) => {
    const response = newResponse()
    expect(bytes.reserve(response, `2001:0db8:0001:000${count}`, 15)).toBe(true)
    bytes.waitForClient(response, 15)
    return response
  })
  const singleCaller = newResponse()
  expect(bytes.reserve(singleCaller, 'account of one', 40)).toBe(true)
  bytes.waitForClient(singleCaller, 40)
  expect(bytes.reserve(newResponse(), 'account of another', 15)).toBe(true)
  expect([singleCaller, ...flood].map(({ destroyed }) => destroyed)).toEqual([
    false,
    true,
    false,
    false,
    false,
  ])
})
