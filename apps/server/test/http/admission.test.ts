import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { expect, test, vi } from 'vitest'
import { createInFlightBytes } from '../../src/admission/in-flight-bytes.ts'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'
import { openRawConnection } from '../support/raw-connection.ts'
import { listen } from '../support/session-streams.ts'

const newResponse = () => new ServerResponse(new IncomingMessage(new Socket()))

test('admission: a long body waits for a slot among lists and counts by its size, a short one does not', async () => {
  await using app = await testApp()
  const { id, cookie } = await newUser(app)
  const slot = await app.services.heavyReads.enter(id)
  const name = (filler: string) => post(app.url, 'account.updateProfile', { name: `Ada${filler}` }, cookie)
  expect((await name('')).status).toBe(200)
  const enter = vi.spyOn(app.services.heavyReads, 'enter')
  const long = name('a'.repeat(9_000))
  await expect.poll(() => app.services.heavyReads.load().waiting).toBe(1)
  const entered = Promise.resolve(enter.mock.results[0]?.value)
  const watched = entered.then((given) => (given === null ? null : vi.spyOn(given, 'releaseEarly')))
  slot?.[Symbol.dispose]()
  expect((await long).status).toBe(400)
  expect((await watched)?.mock.calls[0]?.[0]).toBeCloseTo(9_000 / 40_960, 1)
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

const tenCalls = Array(10).fill('account.me').join(',')

test.each([
  ['20 calls', 'account.me', 20],
  ['20 public queries', 'auth.session', 20],
  ['20 calls in batches of ten', `${tenCalls}?batch=1`, 2],
  ['3 event streams', 'sessions.events', 3],
  ['20 batches that are too large', `${tenCalls},account.me?batch=1`, 20],
])(
  'admission: starts %s of an account in 100 ms, and delays no other account',
  async (_what, called, most) => {
    await using app = await testApp()
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    // Before the server is closed, which waits for timers.
    using _timers = { [Symbol.dispose]: () => void vi.useRealTimers() }
    const [ada, grace] = [await newUser(app), await newUser(app)]
    vi.advanceTimersByTime(100)
    let answered = 0
    const calls = Array.from({ length: most + 2 }, async () => {
      const { status, body } = await fetch(`${app.url}/trpc/${called}`, { headers: { cookie: ada.cookie } })
      answered += 1
      await body?.cancel()
      return status
    })
    // `expect.poll` would move the timers.
    while (answered < most) await fetch(`${app.url}/livez`)
    for (let count = 0; count < 10; count += 1)
      expect((await get(app.url, 'account.me', grace.cookie)).status).toBe(200)
    expect(answered).toBe(most)
    vi.advanceTimersByTime(100)
    const statuses = await Promise.all(calls)
    expect(new Set(statuses)).toEqual(new Set([called.startsWith(`${tenCalls},`) ? 400 : 200]))
  },
)

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

test('bytes in flight: bodies that have arrived and wait for their turn are not cut off', async () => {
  // Two bodies and the response of one.
  await using app = await testApp({ inFlightBytes: { caller: 175_000, process: 175_000 } })
  const { cookie } = await newUser(app)
  const body = JSON.stringify({ name: 'a'.repeat(20_000) })
  await using lines = new AsyncDisposableStack()
  const open = async () => lines.use(await openRawConnection(app.url))
  const [first, ...bodies] = [await open(), await open(), await open(), await open()]
  const headersOf = (host: string, type: string) =>
    `Host: ${host}\r\nCookie: ${cookie}\r\n${type}Connection: close\r\n`
  for (const { host, send, until } of bodies) {
    const type = `Content-Type: application/json\r\nContent-Length: ${body.length}\r\nExpect: 100-continue\r\n`
    send(`POST /trpc/account.updateProfile HTTP/1.1\r\n${headersOf(host, type)}\r\n`)
    await until(/100 Continue/)
    send(body.slice(0, -1))
  }
  await get(app.url, 'auth.session', '')
  // The query takes the turn of the event loop in which the bodies end.
  first?.send(`GET /trpc/auth.session HTTP/1.1\r\n${headersOf(first.host, '')}\r\n`)
  for (const { send } of bodies) send(body.slice(-1))
  const answers = await Promise.all(bodies.map(({ rest }) => rest()))
  const statuses = answers.map((text) => /HTTP\/1.1 ([^1]\d\d) /.exec(text)?.[1])
  expect(statuses).toEqual(['503', '400', '400'])
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
