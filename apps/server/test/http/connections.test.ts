import { expect, test } from 'vitest'
import { connectionLimits, limitConnections } from '../../src/http/connection-limits.ts'
import { createHttpServer } from '../../src/http/http-server.ts'
import { createLog } from '../../src/log.ts'
import { closeServer } from '../../src/process/close-server.ts'
import { listen } from '../../src/process/listen.ts'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { testLog } from '../../src/testing/test-log.ts'
import { newUser } from '../support/actors.ts'
import { openConnections } from '../support/open-connections.ts'
import { openRawConnection } from '../support/raw-connection.ts'
import type { RawConnection } from '../support/raw-connection.ts'

const answersIn = (text: string) => text.split('HTTP/1.1 ').length - 1

test.each([
  ['/livez', 200],
  ['/trpc/auth.session', 200],
])('pipelined requests for %s: only the first one runs', async (path, status) => {
  await using app = await testApp()
  using line = await openRawConnection(app.url)
  line.send(`GET ${path} HTTP/1.1\r\nHost: ${line.host}\r\n\r\n`.repeat(20))
  const text = await line.rest()
  expect(answersIn(text)).toBe(1)
  expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  expect(app.log.lines.filter(({ msg }) => msg === 'request')).toHaveLength(1)
})

test.each([
  ['with an Expect header', 'Host: HOST\r\nExpect: the best\r\n', '417', 'rejected before it was a request'],
  ['without Host', '', '400', 'request'],
])('pipelined requests %s: only the first one is answered and logged', async (_, headers, status, msg) => {
  await using app = await testApp()
  using line = await openRawConnection(app.url)
  line.send(`GET / HTTP/1.1\r\n${headers.replace('HOST', line.host)}\r\n`.repeat(5_000))
  const text = await line.rest()
  expect(answersIn(text)).toBe(1)
  expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  expect(app.log.lines.filter((entry) => entry.msg === msg)).toHaveLength(1)
})

test('pipelined requests with Expect: 100-continue: only the first one is continued', async () => {
  await using app = await testApp()
  using line = await openRawConnection(app.url)
  line.send(`GET /livez HTTP/1.1\r\nHost: ${line.host}\r\nExpect: 100-continue\r\n\r\n`.repeat(3))
  expect((await line.rest()).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 100', 'HTTP/1.1 200'])
})

/** Opens an event stream, which is a response without an end, and returns its connection. */
async function openStream(app: TestApp): Promise<RawConnection> {
  const { cookie } = await newUser(app)
  const line = await openRawConnection(app.url)
  line.send(`GET /trpc/sessions.events HTTP/1.1\r\nHost: ${line.host}\r\nCookie: ${cookie}\r\n\r\n`)
  await line.until(/event: connected/)
  return line
}

test('pipelined requests behind an open stream: 20 more close the connection', async () => {
  await using app = await testApp()
  using line = await openStream(app)
  line.send(`GET /livez HTTP/1.1\r\nHost: ${line.host}\r\n\r\n`.repeat(21))
  expect(answersIn(await line.rest())).toBe(1)
})

test('pipelined requests behind an open stream: the server reads no more after the first ones', async () => {
  await using app = await testApp()
  using line = await openStream(app)
  const request = `GET /livez HTTP/1.1\r\nHost: ${line.host}\r\n\r\n`
  for (const count of [1, 5_000]) {
    line.send(request.repeat(count))
    // The server has had several turns to read by then.
    for (let calls = 0; calls < 5; calls += 1) expect((await fetch(`${app.url}/livez`)).status).toBe(200)
  }
  expect(line.socket.closed).toBe(false)
})

test('pipelined requests: invalid bytes behind them do not write into the open response', async () => {
  await using app = await testApp()
  using line = await openStream(app)
  line.send(`GET /livez HTTP/1.1\r\nHost: ${line.host}\r\n\r\nno request\r\n\r\n`)
  expect(await line.rest()).not.toContain('400 Bad Request')
})

test('connections: sequential requests share one', async () => {
  await using app = await testApp()
  using line = await openRawConnection(app.url)
  for (let count = 1; count <= 3; count += 1) {
    line.send(`GET /livez HTTP/1.1\r\nHost: ${line.host}\r\n\r\n`)
    await line.until(new RegExp(`(\\nalive\\n[^]*){${count}}`))
  }
  expect(line.socket.closed).toBe(false)
})

test('connections: limits those of an address and of the process, and frees closed ones', async () => {
  await using app = await testApp({ connections: { process: 6, idle: 6, address: 4 } })
  const one = await openConnections(app.url, 10, '127.0.0.2')
  expect(one).toHaveLength(4)
  const other = await openConnections(app.url, 10, '127.0.0.3')
  expect([...one, ...other].filter(({ closed }) => !closed)).toHaveLength(6)
  const refusals = () => app.log.lines.filter(({ msg }) => msg === 'connections are rejected')
  expect(refusals()).toMatchObject([{ level: 'warn', limit: 4, of: 'address' }])
  for (const socket of [...one, ...other]) socket.destroy()
  await expect.poll(async () => (await openConnections(app.url, 1, '127.0.0.3')).length).toBe(1)
  expect(refusals()).toHaveLength(1)
})

test('connections: a failure to accept is logged once, as is its end, and the server keeps serving', async () => {
  const log = testLog()
  const server = createHttpServer((_request, response) => void response.end(), {
    headers: {},
    log: createLog('silent'),
  })
  limitConnections(server, {
    limits: { process: 10, idle: 10, address: 10 },
    log: createLog('info', log),
    quietMs: 0,
  })
  const port = await listen(server, { port: 0, host: '127.0.0.1' })
  for (let count = 0; count < 3; count += 1) {
    server.emit('error', Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' }))
  }
  expect(await openConnections(`http://127.0.0.1:${port}`, 2, '127.0.0.2')).toHaveLength(2)
  expect(log.lines).toMatchObject([
    { level: 'warn', code: 'EMFILE', msg: 'connections are rejected' },
    { level: 'warn', rejected: 3, msg: 'connections are accepted again' },
  ])
  await closeServer(server, { deadlineMs: 0, lingerMs: 0 })
})

test('connections: behind a proxy no address has a limit, and the process reserves files for itself', () => {
  expect(connectionLimits(0, 2_000).address).toBe(256)
  expect(connectionLimits(1, 2_000).address).toBeNull()
  expect(connectionLimits(0, 2_000).process).toBeLessThanOrEqual(4_000)
  expect(connectionLimits(0, 100).process).toBeLessThanOrEqual(2_100)
})

test('connections: a network that uses all of them does not block another network', async () => {
  await using app = await testApp({ connections: { process: 8, idle: 8, address: 4 } })
  const flood = [
    ...(await openConnections(app.url, 4, '127.0.2.1')),
    ...(await openConnections(app.url, 4, '127.0.2.2')),
  ]
  expect(await openConnections(app.url, 3, '127.0.3.1')).toHaveLength(3)
  await expect.poll(() => flood.filter(({ closed }) => closed).length).toBe(3)
  for (const socket of flood) socket.destroy()
})
