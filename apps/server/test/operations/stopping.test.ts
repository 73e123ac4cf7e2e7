import { connect } from 'node:net'
import { signupInput } from '@app/contract/testing'
import { freePort } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { post } from '../support/raw-call.ts'
import { openRawConnection } from '../support/raw-connection.ts'
import type { RawConnection } from '../support/raw-connection.ts'
import { dataFolder, startServer } from '../support/server-process.ts'
import { listen } from '../support/session-streams.ts'

const body = '{}'

/** Starts a call that the server has accepted, and sends no body yet. */
async function beginCall(url: string): Promise<RawConnection> {
  const line = await openRawConnection(url)
  line.send(`POST /trpc/auth.logout HTTP/1.1\r\nHost: ${line.host}\r\nContent-Type: application/json\r\n`)
  line.send(`Content-Length: ${body.length}\r\nExpect: 100-continue\r\n\r\n`)
  await line.until(/100 Continue/)
  return line
}

function isRefused(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname)
    socket.once('error', () => resolve(true))
    socket.once('connect', () => {
      socket.destroy()
      resolve(false)
    })
  })
}

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  'stopping: %s lets accepted calls finish, then exits with 0',
  async (signal) => {
    using folder = dataFolder()
    // No other program gets the port after the end.
    const settings = { DATABASE_URL: folder.databaseUrl, PORT: String(await freePort()) }
    await using server = startServer(settings)
    const url = await server.url()
    using idle = await openRawConnection(url)
    idle.send(`GET /livez HTTP/1.1\r\nHost: ${idle.host}\r\n\r\n`)
    await idle.until(/alive/)
    using call = await beginCall(url)
    server.child.kill(signal)
    await server.until(/"msg":"stopping"/)
    // A terminal that closes may send it twice.
    if (signal === 'SIGHUP') server.child.kill(signal)
    await idle.rest()
    await expect.poll(() => isRefused(url)).toBe(true)
    call.send(body)
    expect(await call.rest()).toMatch(/HTTP\/1\.1 200 OK.*\{"result":\{"data":\{\}\}\}$/s)
    expect(await server.ended()).toBe(0)
    expect(server.err()).toBe('')
  },
)

test('stopping: SIGTERM ends open event streams cleanly, logs no error, and the process exits with 0', async () => {
  using folder = dataFolder()
  await using server = startServer({ DATABASE_URL: folder.databaseUrl })
  const url = await server.url()
  const { cookies } = await post(
    url,
    'auth.signup',
    signupInput({ username: 'ada', password: 'correct horse battery' }),
  )
  using line = await openRawConnection(url)
  line.send(`GET /trpc/sessions.events HTTP/1.1\r\nHost: ${line.host}\r\nCookie: ${cookies[0]}\r\n\r\n`)
  await line.until(/"type":"changed"/)
  await using stream = await listen({ url }, cookies[0] ?? '')
  server.child.kill('SIGTERM')
  expect(await stream.rest()).toEqual([])
  // The last chunk of a complete response.
  expect(await line.rest()).toMatch(/\r\n0\r\n\r\n$/)
  expect(await server.ended()).toBe(0)
  expect(server.err()).toBe('')
  expect(server.out()).not.toMatch(/"level":"(warn|error|fatal)"/)
})

test('stopping: a second signal ends the process immediately, even during DRAIN_DELAY', async () => {
  using folder = dataFolder()
  await using server = startServer({ DATABASE_URL: folder.databaseUrl, DRAIN_DELAY: '5m' })
  using _call = await beginCall(await server.url())
  server.child.kill('SIGTERM')
  await server.until(/"msg":"stopping"/)
  server.child.kill('SIGTERM')
  expect(await server.ended()).toBe(1)
})

test('stopping: a call that does not end is closed at the deadline', async () => {
  await using app = await testApp()
  using call = await beginCall(app.url)
  await app.close(50)
  expect(await call.rest()).not.toContain('200 OK')
})

test('stopping: a busy connection is closed by its next response', async () => {
  await using app = await testApp()
  using call = await beginCall(app.url)
  using other = await beginCall(app.url)
  const closed = app.close()
  call.send(`${body}GET /livez HTTP/1.1\r\nHost: ${call.host}\r\n\r\n`)
  expect(await call.rest()).toContain('Connection: close')
  other.send(body)
  await other.rest()
  await closed
})

test('stopping: the database closes after the last call', async () => {
  await using app = await testApp()
  using call = await beginCall(app.url)
  const closed = app.close()
  await app.services.db.check()
  call.send(body)
  await call.rest()
  await closed
  await expect(app.services.db.check()).rejects.toThrow(/./)
})
