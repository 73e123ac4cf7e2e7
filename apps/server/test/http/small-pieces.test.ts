import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { openRawConnection } from '../support/raw-connection.ts'
import type { RawConnection } from '../support/raw-connection.ts'

/** Sends the head of a request with a chunked body. */
async function openChunked({ url }: TestApp, request: string, ...headers: string[]): Promise<RawConnection> {
  const line = await openRawConnection(url)
  const lines = [`${request} HTTP/1.1`, `Host: ${line.host}`, 'Transfer-Encoding: chunked', ...headers]
  line.send([...lines, '', ''].join('\r\n'))
  return line
}

const json = 'Content-Type: application/json'
const chunks = (text: string, count: number) => `${text.length.toString(16)}\r\n${text}\r\n`.repeat(count)

test('small pieces: a body in chunks of one byte closes the connection', async () => {
  await using app = await testApp()
  using line = await openChunked(app, 'POST /trpc/auth.login', json)
  line.send(chunks(' ', 2_000))
  expect(await line.rest()).toBe('')
  await expect
    .poll(() => app.log.lines.at(-1))
    .toMatchObject({
      path: '/trpc/auth.login',
      aborted: true,
      smallPieces: true,
    })
})

test('small pieces: also when the response is sent, and the rest of the body is dropped', async () => {
  await using app = await testApp()
  using line = await openChunked(app, 'POST /trpc/auth.login', 'Content-Type: text/plain')
  await line.until(/ 415 [^]*\r\n\r\n/)
  line.send(chunks(' ', 2_000))
  expect((await line.rest()).match(/HTTP\/1\.1/g)).toHaveLength(1)
})

test('small pieces: also when the request is a GET, and its response a stream', async () => {
  await using app = await testApp()
  const { cookie } = await newUser(app)
  using line = await openChunked(app, 'GET /trpc/sessions.events', `Cookie: ${cookie}`)
  await line.until(/event: connected/)
  line.send(chunks(' ', 2_000))
  await line.rest()
})

test('small pieces: the body of a GET is read and dropped', async () => {
  await using app = await testApp()
  const { cookie } = await newUser(app)
  using line = await openChunked(app, 'GET /trpc/sessions.events', `Cookie: ${cookie}`)
  await line.until(/event: connected/)
  await new Promise((resolve) => line.socket.write(chunks('x'.repeat(10_000), 1_000), resolve))
  expect(line.socket.closed).toBe(false)
})

test.each([
  ['1,024 of one byte', 1, 1_024, '200'],
  ['300 of 8 bytes', 8, 300, '200'],
  ['1,100 of 140 bytes, which are too large together', 140, 1_100, '413'],
])('small pieces: answers a body of %s', async (_, length, count, status) => {
  await using app = await testApp()
  using line = await openChunked(app, 'POST /trpc/auth.logout', json, 'Connection: close')
  const body = `{}${' '.repeat(length * count - 2)}`
  const pieces = Array.from({ length: count }, (_piece, index) => {
    return chunks(body.slice(index * length, (index + 1) * length), 1)
  })
  line.send(`${pieces.join('')}0\r\n\r\n`)
  expect(await line.rest()).toContain(`HTTP/1.1 ${status} `)
})
