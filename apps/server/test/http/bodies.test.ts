import { gzipSync } from 'node:zlib'
import { bodyLimitBytes } from '@app/contract'
import { signupInput } from '@app/contract/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { refusalOf } from '../support/failure-of.ts'
import { exchange, openRawConnection } from '../support/raw-connection.ts'

const ada = JSON.stringify(signupInput({}))

function post(
  url: string,
  body: NonNullable<RequestInit['body']> | null,
  headers: Record<string, string> = {},
  path = 'auth.signup',
) {
  return fetch(`${url}/trpc/${path}`, { method: 'POST', body, headers })
}

test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])(
  'body: accepts the content type %s',
  async (type) => {
    await using app = await testApp()
    expect((await post(app.url, ada, { 'content-type': type })).status).toBe(200)
  },
)

test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/octet-stream',
  'application/jsonl',
  'application/json, text/plain',
  'application/json; charset=utf-16',
])('UNSUPPORTED_MEDIA_TYPE: %s', async (type) => {
  await using app = await testApp()
  for (const path of ['auth.signup', 'auth.logout']) {
    const response = await post(app.url, ada, { 'content-type': type }, path)
    expect(await refusalOf(response)).toEqual([415, 'UNSUPPORTED_MEDIA_TYPE'])
  }
})

test('UNSUPPORTED_MEDIA_TYPE: a body without a type', async () => {
  await using app = await testApp()
  const response = await post(app.url, new Blob([ada]).stream(), { 'content-type': '' }).catch(() => null)
  expect(response).toBeNull()
  const answer = await exchange(app.url, 'POST /trpc/auth.logout HTTP/1.1', 'Transfer-Encoding: chunked')
  expect(answer).toContain('HTTP/1.1 415 ')
})

test.each(['gzip', 'br', 'deflate', 'gzip, identity'])(
  'UNSUPPORTED_MEDIA_TYPE: compressed by %s',
  async (encoding) => {
    await using app = await testApp()
    const headers = { 'content-type': 'application/json', 'content-encoding': encoding }
    expect(await refusalOf(await post(app.url, gzipSync(ada), headers))).toEqual([
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ])
  },
)

test('body: an empty one means {}, with or without a content type', async () => {
  await using app = await testApp()
  const json = { 'content-type': 'application/json' }
  for (const headers of [json, {}]) {
    const response = await post(app.url, null, headers, 'auth.logout')
    expect(await response.json()).toEqual({ result: { data: {} } })
  }
  expect(await refusalOf(await post(app.url, null, json, 'auth.signup'))).toEqual([400, 'INVALID_INPUT'])
})

test.each(['{', '{"a":1', "{'a':1}", '{"a":1}x', 'hunter2', '\uFEFF{}', ' '])(
  'INVALID_INPUT: the body %j, even if the procedure takes no input',
  async (text) => {
    await using app = await testApp()
    for (const path of ['auth.signup', 'auth.logout']) {
      const response = await post(app.url, text, { 'content-type': 'application/json' }, path)
      expect(await response.clone().text()).not.toContain('hunter2')
      expect(await refusalOf(response)).toEqual([400, 'INVALID_INPUT'])
    }
  },
)

test('body: a request without one, not even Content-Length, is answered', async () => {
  await using app = await testApp()
  expect(await exchange(app.url, 'POST /trpc/auth.logout HTTP/1.1')).toContain('HTTP/1.1 200 ')
  const type = 'Content-Type: application/x-www-form-urlencoded'
  for (const request of ['POST /login', 'PUT /nothing', 'DELETE /nothing', 'OPTIONS /nothing'])
    expect(await exchange(app.url, `${request} HTTP/1.1`, type)).toContain('HTTP/1.1 405 ')
})

test('INVALID_INPUT: a body that is not UTF-8', async () => {
  await using app = await testApp()
  const bytes = Buffer.from('{"username":"ada","password":"\xff\xfe correct horse"}', 'latin1')
  const response = await post(app.url, bytes, { 'content-type': 'application/json' })
  expect(await refusalOf(response)).toEqual([400, 'INVALID_INPUT'])
})

test.each(['null', '[]', '"text"', '1', 'true', '{"extra":1}', '{"__proto__":{"a":1}}'])(
  'INVALID_INPUT by the schema: %s',
  async (text) => {
    await using app = await testApp()
    const response = await post(app.url, text, { 'content-type': 'application/json' }, 'auth.logout')
    expect(await refusalOf(response)).toEqual([400, 'INVALID_INPUT'])
  },
)

test('INVALID_INPUT: more than 1,000 arrays and objects, which take 28 times their bytes in memory', async () => {
  await using app = await testApp()
  const sentence = 'The input has more than 1,000 arrays and objects.'
  const post = async (path: string, text: string) => {
    const headers = { 'content-type': 'application/json' }
    return (await fetch(app.url + path, { method: 'POST', body: text, headers })).text()
  }
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
  const objects = (count: number) => `{"a":[${'{},'.repeat(count - 3)}{}]}`
  for (const path of ['/trpc/auth.logout', '/api/v1/auth/logout', '/api/user']) {
    for (const text of [nested(1_001), objects(1_001), objects(1_001).replace('a', '\\\\')])
      expect([path, await post(path, text)]).toEqual([path, expect.stringContaining(sentence)])
    const brackets = JSON.stringify({ text: '"[{\\\\'.repeat(2_000) })
    for (const text of [nested(1_000), objects(1_000), brackets])
      expect([path, await post(path, text)]).not.toEqual([path, expect.stringContaining(sentence)])
  }
})

test('body: accepts exactly the limit and rejects one byte more', async () => {
  await using app = await testApp()
  const ofLength = (length: number) =>
    JSON.stringify({ username: 'x'.repeat(length - '{"username":""}'.length) })
  const json = { 'content-type': 'application/json' }
  expect(await refusalOf(await post(app.url, ofLength(bodyLimitBytes), json))).toEqual([400, 'INVALID_INPUT'])
  expect(await refusalOf(await post(app.url, ofLength(bodyLimitBytes + 1), json))).toEqual([
    413,
    'PAYLOAD_TOO_LARGE',
  ])
})

test.each([100, 4_096, 4_097, 9_000, bodyLimitBytes - 1, bodyLimitBytes])(
  'body: a chunked one of %d bytes arrives whole',
  async (length) => {
    await using app = await testApp()
    const { cookie } = await newUser(app)
    const start = '{"name":"Ada '
    const bytes = Buffer.from(`${start}xxxxx"${' '.repeat(length - start.length - 7)}}`)
    const pieces = Array.from({ length: Math.ceil(length / 1_000) }, (_, index) =>
      bytes.subarray(index * 1_000, (index + 1) * 1_000),
    )
    const response = await fetch(`${app.url}/trpc/account.updateProfile`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: ReadableStream.from(pieces),
      duplex: 'half',
    })
    expect(await response.json()).toMatchObject({ result: { data: { name: 'Ada xxxxx' } } })
  },
)

test('PAYLOAD_TOO_LARGE: 10 MB with or without Content-Length, and the server still serves', async () => {
  await using app = await testApp()
  const large = Buffer.alloc(10_000_000, ' ')
  const json = { 'content-type': 'application/json' }
  expect(await refusalOf(await post(app.url, large, json))).toEqual([413, 'PAYLOAD_TOO_LARGE'])
  const unannounced = await fetch(`${app.url}/trpc/auth.logout`, {
    method: 'POST',
    headers: json,
    body: new Blob([large]).stream(),
    duplex: 'half',
  })
  expect(await refusalOf(unannounced)).toEqual([413, 'PAYLOAD_TOO_LARGE'])
  expect(await app.api.auth.session.query()).toBeNull()
})

test('PAYLOAD_TOO_LARGE: answers before the body has arrived', async () => {
  await using app = await testApp()
  using line = await openRawConnection(app.url)
  line.send(`POST /trpc/auth.logout HTTP/1.1\r\nHost: ${line.host}\r\nContent-Type: application/json\r\n`)
  line.send('Content-Length: 10000000\r\n\r\n{')
  expect(await line.until(/\r\n\r\n.+/s)).toContain('HTTP/1.1 413 ')
})

test('body: a caller that disconnects in the middle of one does not affect the server', async () => {
  await using app = await testApp()
  using line = await openRawConnection(app.url)
  line.send(`POST /trpc/auth.logout HTTP/1.1\r\nHost: ${line.host}\r\nContent-Type: application/json\r\n`)
  line.send('Content-Length: 100\r\nExpect: 100-continue\r\n\r\n')
  await line.until(/100 Continue/)
  line.socket.destroy()
  await expect.poll(() => app.log.lines.at(-1)).toMatchObject({ path: '/trpc/auth.logout', aborted: true })
  expect(await app.api.auth.session.query()).toBeNull()
})
