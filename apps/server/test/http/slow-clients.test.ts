import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { Socket } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createHttpServer, socketLimits } from '../../src/http/http-server.ts'
import { sendBody, sendPieces } from '../../src/http/send-body.ts'
import { cutSlowClients } from '../../src/http/slow-clients.ts'
import { createLog } from '../../src/log.ts'
import { closeServer } from '../../src/process/close-server.ts'
import { listen } from '../../src/process/listen.ts'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { openRawConnection } from '../support/raw-connection.ts'
import type { RawConnection } from '../support/raw-connection.ts'

// Slow clients keep connections open and send or read almost nothing. The server ends their connections and
// keeps answering others.

const quick = {
  ...socketLimits,
  // Lower values would also end the connections of the other callers on a busy machine.
  headersMs: 1_000,
  requestMs: 1_500,
  idleMs: 1_000,
  checkEveryMs: 20,
}
const quickToRead = { ...socketLimits, stalledMs: 400, laggingMs: 2_000, checkEveryMs: 20 }
const clientCount = 5

/** Repeats the step every 30 ms while the connection is open. */
function trickle(line: RawConnection, step: () => void): void {
  const timer = setInterval(step, 30)
  line.socket.once('close', () => clearInterval(timer))
}

/** Probes the server from another connection until the work ends; each probe must succeed. */
async function whileServing<T>(app: TestApp, work: Promise<T>): Promise<T> {
  const done = work.then(
    () => true,
    () => true,
  )
  while (!(await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 10, false))]))) {
    expect((await fetch(`${app.url}/readyz`)).status).toBe(200)
  }
  return work
}

const head = ({ host }: RawConnection, ...lines: string[]) => [...lines, `Host: ${host}`, ''].join('\r\n')
const post = (line: RawConnection) =>
  head(line, 'POST /trpc/auth.logout HTTP/1.1', 'Content-Type: application/json', 'Content-Length: 50000')

test.each<[string, (line: RawConnection) => void]>([
  ['sends nothing', () => undefined],
  [
    'sends headers byte by byte',
    (line) => {
      line.send(`${head(line, 'GET /trpc/auth.session HTTP/1.1')}X: `)
      trickle(line, () => line.send('x'))
    },
  ],
  [
    'sends a body byte by byte',
    (line) => {
      line.send(`${post(line)}\r\n`)
      trickle(line, () => line.send(' '))
    },
  ],
  [
    'closes its half in the middle of the headers',
    (line) => void line.socket.end(head(line, 'GET /trpc/auth.session HTTP/1.1')),
  ],
  ['closes its half in the middle of the body', (line) => void line.socket.end(`${post(line)}\r\n{`)],
  ['sends nothing after a response', (line) => line.send(`${head(line, 'GET /livez HTTP/1.1')}\r\n`)],
])('slow clients: the server disconnects one that %s, and others are served', async (_name, attack) => {
  await using app = await testApp({ sockets: quick })
  const lines = await Promise.all(Array.from({ length: clientCount }, () => openRawConnection(app.url)))
  const startedAt = performance.now()
  for (const line of lines) attack(line)
  await whileServing(app, Promise.all(lines.map((line) => line.rest())))
  // Node adds a second to the time of an idle connection.
  expect(performance.now() - startedAt).toBeLessThan(10_000)
})

/**
 * Sends 10 MB, which is more than the buffers of a connection can take, or pieces without end.
 */
const sendLong: RequestListener = (request, response) => {
  if (request.url === '/whole') return void sendBody(response, new Uint8Array(10 * 1024 * 1024))
  async function* pieces() {
    for (;;) yield 'x'.repeat(256 * 1024)
  }
  void sendPieces(response, pieces(), 500)
}

test.each(
  ['/whole', '/pieces'].flatMap((path) => ['nothing', 'a little'].map((taken) => [taken, path] as const)),
)('slow clients: the server disconnects one that reads %s of %s', async (taken, path) => {
  let cut = 0
  const server = createHttpServer(
    (request, response) => {
      response.once('close', () => void (cut += 1))
      sendLong(request, response)
    },
    { headers: {}, log: createLog('silent'), limits: quickToRead },
  )
  const port = await listen(server, { port: 0, host: '127.0.0.1' })
  using line = await openRawConnection(`http://127.0.0.1:${port}`)
  line.send(`${head(line, `GET ${path} HTTP/1.1`)}\r\n`)
  await line.until(/200 OK/)
  line.socket.pause()
  if (taken === 'a little') {
    trickle(line, () => {
      line.socket.once('data', () => line.socket.pause())
      line.socket.resume()
    })
  }
  await expect.poll(() => cut, { timeout: 15_000 }).toBe(1)
  await closeServer(server, { deadlineMs: 0, lingerMs: 0 })
})

test('slow clients: a stream that its client does not read ends, in spite of its pings', async () => {
  const cut = Promise.withResolvers<void>()
  const server = createHttpServer(
    (_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' })
      const timer = setInterval(() => response.write(`event: ping\ndata: ${'x'.repeat(200_000)}\n\n`), 5)
      response.once('close', () => {
        clearInterval(timer)
        cut.resolve()
      })
    },
    { headers: {}, log: createLog('silent'), limits: quickToRead },
  )
  const port = await listen(server, { port: 0, host: '127.0.0.1' })
  using line = await openRawConnection(`http://127.0.0.1:${port}`)
  line.send(`${head(line, 'GET / HTTP/1.1')}\r\n`)
  await line.until(/200 OK/)
  line.socket.pause()
  await cut.promise
  await closeServer(server, { deadlineMs: 0, lingerMs: 0 })
})

test('slow clients: a stream that its client reads lasts longer than the limit of a response', async () => {
  await using app = await testApp({ sockets: { ...quickToRead, laggingMs: 100, stalledMs: 100 } })
  const { cookie } = await newUser(app)
  using line = await openRawConnection(app.url)
  line.send(`${head(line, 'GET /trpc/sessions.events HTTP/1.1', `Cookie: ${cookie}`)}\r\n`)
  await line.until(/"type":"changed"/)
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  expect(line.socket.closed).toBe(false)
})

test('slow clients: a look at thousands of sockets leaves the event loop between groups', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  onTestFinished(() => void vi.useRealTimers())
  const server = createServer()
  cutSlowClients(server, quick)
  let looks = 0
  for (let count = 0; count < 2_000; count += 1) {
    const socket = new Socket()
    vi.spyOn(socket, 'writableLength', 'get').mockImplementation(() => {
      looks += 1
      return 0
    })
    server.emit('connection', socket)
  }
  vi.advanceTimersByTime(quick.checkEveryMs)
  expect(looks).toBeLessThanOrEqual(250)
  while (looks < 2_000) await new Promise(setImmediate)
  await new Promise(setImmediate)
  expect(looks).toBe(2_000)
  server.emit('close')
})

test('slow clients: the default limits are at most 15 seconds', () => {
  const server = createHttpServer(() => undefined, { headers: {}, log: createLog('silent') })
  const { headersTimeout, requestTimeout } = server
  const { stalledMs, laggingMs, checkEveryMs } = socketLimits
  for (const limitMs of [headersTimeout, requestTimeout, stalledMs]) {
    expect(limitMs).toBeGreaterThan(0)
    expect(limitMs).toBeLessThanOrEqual(15_000)
  }
  expect(checkEveryMs).toBeLessThanOrEqual(1_000)
  expect(laggingMs).toBeLessThanOrEqual(120_000)
  server.emit('close')
})
