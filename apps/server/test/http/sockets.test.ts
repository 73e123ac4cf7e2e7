import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { exchange, openRawConnection } from '../support/raw-connection.ts'

test.each([
  ['417 Expectation Failed', ['GET / HTTP/1.1', 'Expect: the best']],
  [
    '431 Request Header Fields Too Large',
    ['GET /trpc/auth.session HTTP/1.1', `Cookie: session=${'x'.repeat(16_384)}`],
  ],
  ['400 Bad Request', ['GET / HTTP/1.1', 'no colon here']],
  ['400 Bad Request', ['GET / HTTP/9.9']],
  ['400 Bad Request', ['POST /trpc/auth.logout HTTP/1.1', 'Content-Length: 1', 'Transfer-Encoding: chunked']],
])('HTTP errors: %s has the usual headers and closes the connection', async (status, lines) => {
  await using app = await testApp()
  const answer = await exchange(app.url, ...lines)
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status}\r\n`))
  const id = /\r\nX-Request-Id: ([0-9a-f-]{36})\r\n/.exec(answer)?.[1]
  expect(app.log.lines).toMatchObject([{ requestId: id, status: Number(status.split(' ', 1)) }])
  expect(answer).toContain('\r\nX-Content-Type-Options: nosniff\r\n')
  expect(answer).toContain('\r\nConnection: close\r\n')
  expect(answer.match(/\r\nContent-Security-Policy: .*/g)).toEqual([
    expect.stringMatching(
      /: default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'$/,
    ),
  ])
  expect(answer).toMatch(/\r\nContent-Type: text\/html; charset=utf-8\r\n[^]*<h1>.+<\/h1>\n<p>.+<\/p>/)
  const [, body = ''] = answer.split('\r\n\r\n')
  expect(answer).toContain(`\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`)
  expect(await app.api.auth.session.query()).toBeNull()
})

test('HTTP errors: the page for too many cookies asks the user to delete them', async () => {
  await using app = await testApp()
  const answer = await exchange(app.url, 'GET / HTTP/1.1', `Cookie: a=${'x'.repeat(16_384)}`)
  expect(answer).toContain('Delete the cookies of this site')
})

test('HTTP errors: invalid bytes after a response end the connection without a second response', async () => {
  await using app = await testApp()
  using line = await openRawConnection(app.url)
  line.send(`POST /trpc/auth.logout HTTP/1.1\r\nHost: ${line.host}\r\nContent-Type: text/plain\r\n`)
  line.send('Transfer-Encoding: chunked\r\n\r\n')
  await line.until(/415 .*\r\n\r\n.+/s)
  line.send('not a chunk\r\n')
  expect((await line.rest()).match(/HTTP\/1\.1/g)).toHaveLength(1)
})

test('request id: a second request on a connection has its own', async () => {
  await using app = await testApp()
  using line = await openRawConnection(app.url)
  line.send(`GET /livez HTTP/1.1\r\nHost: ${line.host}\r\n\r\n`)
  await line.until(/alive/)
  line.send(`GET /livez HTTP/1.1\r\nHost: ${line.host}\r\nConnection: close\r\n\r\n`)
  const ids = (await line.rest()).match(/X-Request-Id: .*/g)
  expect(new Set(ids).size).toBe(2)
})
