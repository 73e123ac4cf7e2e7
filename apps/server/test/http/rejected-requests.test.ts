import { expect, test } from 'vitest'
import { socketLimits } from '../../src/http/http-server.ts'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newUser, password } from '../support/actors.ts'
import { openRawConnection } from '../support/raw-connection.ts'
import type { RawConnection } from '../support/raw-connection.ts'

const isRejection = ({ msg }: { msg?: unknown }) => msg === 'rejected before it was a request'

/** Opens a connection on which `answered` requests were answered. */
async function openConnection({ url }: TestApp, answered: number): Promise<RawConnection> {
  const line = await openRawConnection(url)
  for (let count = 1; count <= answered; count += 1) {
    line.send(`GET /livez HTTP/1.1\r\nHost: ${line.host}\r\n\r\n`)
    // Headers have the word, too.
    await line.until(new RegExp(`(\\nalive\\n[^]*){${count}}`))
  }
  return line
}

const login = (...headers: string[]) =>
  ['POST /trpc/auth.login HTTP/1.1', 'Host: HOST', 'Content-Type: application/json', ...headers, '', ''].join(
    '\r\n',
  )

const rejected = [
  ['a slow head', 408, 'GET /livez HTTP/1.1\r\n'],
  ['a slow body', 408, login('Content-Length: 10')],
  ['a slow chunked body', 408, `${login('Transfer-Encoding: chunked')}1\r\n{\r\n`],
  ['no chunk', 400, `${login('Transfer-Encoding: chunked')}no chunk\r\n`],
  ['a malformed head', 400, 'GET /livez HTTP/1.1\r\nno colon here\r\n\r\n'],
  ['a large head', 431, `GET /livez HTTP/1.1\r\nCookie: a=${'x'.repeat(16_384)}\r\n\r\n`],
] as const

// Node counts from the connection. In less time a busy machine may not have sent the whole request.
const quick = { ...socketLimits, headersMs: 1_000, requestMs: 1_000, checkEveryMs: 50 }

test.concurrent.each(
  rejected.flatMap(([name, status, text]) => [0, 2].map((answered) => ({ name, status, text, answered }))),
)(
  'rejected requests: $name is answered with $status and logged, after $answered responses',
  async (given) => {
    const { status, text, answered } = given
    await using app = await testApp({ sockets: status === 408 ? quick : socketLimits })
    using line = await openConnection(app, answered)
    line.send(text.replace('HOST', line.host))
    const statuses = (await line.rest()).match(/^HTTP\/1\.1 \d+/gm)
    expect(statuses).toEqual([...Array<string>(answered).fill('HTTP/1.1 200'), `HTTP/1.1 ${status}`])
    expect(app.log.lines.filter(isRejection)).toMatchObject([{ status }])
  },
)

test.each([
  ['', 0],
  ['also on a kept connection', 1],
  ['also behind a further request', 0, 'GET /livez HTTP/1.1\r\nHost: HOST\r\n\r\n'],
])(
  'rejected requests: garbage behind a running call lets it finish %s',
  async (_, answered, between = '') => {
    await using app = await testApp()
    const { username } = await newUser(app)
    using line = await openConnection(app, answered)
    const body = JSON.stringify({ username, password })
    const call = login(`Content-Length: ${body.length}`) + body
    line.send(`${call}${between}no request\r\n\r\n`.replaceAll('HOST', line.host))
    const text = await line.rest()
    expect(text.match(/^HTTP\/1\.1 \d+/gm)).toEqual(Array<string>(answered + 1).fill('HTTP/1.1 200'))
    expect(text.split('HTTP/1.1 ').at(-1)).toMatch(/\r\nConnection: close\r\n[^]*"name"/)
  },
)

test('rejected requests: a bad chunk after an early response to a later request causes no second response', async () => {
  await using app = await testApp()
  using line = await openConnection(app, 1)
  line.send(`POST /trpc/auth.logout HTTP/1.1\r\nHost: ${line.host}\r\nContent-Type: text/plain\r\n`)
  line.send('Transfer-Encoding: chunked\r\n\r\n')
  await line.until(/415 .*\r\n\r\n.+/s)
  line.send('not a chunk\r\n')
  expect((await line.rest()).match(/HTTP\/1\.1/g)).toHaveLength(2)
})
