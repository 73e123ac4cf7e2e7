import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRawConnection } from '../support/raw-connection.ts'
import { dataFolder, startServer } from '../support/server-process.ts'

const deep = (open: string, close: string, times: number) => open.repeat(times) + close.repeat(times)
const keys = (count: number, name: (at: number) => string) =>
  `{${Array.from({ length: count }, (_, at) => `${JSON.stringify(name(at))}:0`).join(',')}}`
const asPassword = (json: string) => `{"username":"ada","password":${json}}`

const bodies: [name: string, body: string][] = [
  ['arrays, 10,000 deep', deep('[', ']', 10_000)],
  ['objects, 10,000 deep', deep('{"a":', '}', 10_000).replace('}', '0}')],
  ['a password 10,000 deep', asPassword(deep('[', ']', 10_000))],
  ['100 KB of opening brackets', '['.repeat(102_400)],
  ['100 KB of brackets, opened and closed', deep('[', ']', 51_200)],
  ['10,000 keys', keys(10_000, (at) => at.toString(36))],
  ['10,000 times the same key', keys(10_000, () => 'a')],
  ['10,000 keys in a password', asPassword(keys(10_000, (at) => at.toString(36)))],
  ['10,000 texts', asPassword(`[${'"",'.repeat(9_999)}""]`)],
  ['__proto__ as an object', '{"__proto__":{"username":"ada","password":"x"}}'],
  ['__proto__ inside', asPassword('{"__proto__":{"length":9}}')],
  ['constructor and prototype', '{"constructor":{"prototype":{"role":"admin"}},"username":"ada"}'],
  ['keys of every object', '{"toString":1,"valueOf":1,"hasOwnProperty":1}'],
  ['numbers past every limit', asPassword('1e999999')],
  ['a number of 100,000 digits', asPassword('9'.repeat(100_000))],
  ['minus zero and minus infinity', '{"username":-0,"password":-1e400}'],
  ['half a surrogate pair', asPassword(String.raw`"\ud800 and the rest"`)],
  ['a NUL', asPassword(String.raw`"before\u0000after"`)],
  ['one long key', `{"${'k'.repeat(100_000)}":1}`],
]

// One process serves all tests, so the later ones also detect damage by earlier ones.
const folder = dataFolder()
const server = startServer({ DATABASE_URL: folder.databaseUrl, LIMITS: 'relaxed' })
let url = ''
beforeAll(async () => {
  url = await server.url()
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  folder[Symbol.dispose]()
})

test('bodies: none breaks the server, and each response is under 2,000 characters', async () => {
  for (const path of ['auth.login', 'auth.signup', 'auth.logout', 'account.updateProfile']) {
    for (const [name, body] of bodies) {
      const headers = { 'content-type': 'application/json' }
      const response = await fetch(`${url}/trpc/${path}`, { method: 'POST', headers, body })
      const text = await response.text()
      // A caller without a session gets 401 if the body is JSON.
      const expected = path === 'account.updateProfile' ? [400, 401] : [400]
      expect([path, name, expected.includes(response.status)]).toEqual([path, name, true])
      expect([path, name, text.length < 2_000]).toEqual([path, name, true])
    }
  }
  expect(Object.keys(Object.prototype)).toEqual([])
  await expectUnharmed()
})

test('queries: none breaks the server', async () => {
  for (const input of [deep('[', ']', 1_500), keys(300, String), '{"__proto__":1}', '%', '1e999', '\u0000']) {
    const response = await fetch(`${url}/trpc/auth.session?input=${encodeURIComponent(input)}`)
    expect([input, response.status]).toEqual([input, 400])
    expect((await response.text()).length).toBeLessThan(2_000)
  }
  for (const batch of ['{}', '{"0":', `{"0":${deep('[', ']', 1_000)}}`, '[]', 'null']) {
    const response = await fetch(`${url}/trpc/auth.session?batch=1&input=${encodeURIComponent(batch)}`)
    expect([batch, response.status < 500]).toEqual([batch, true])
    await response.text()
  }
  await expectUnharmed()
})

test('cookies: 16 KB are 431 and 15 KB are accepted', async () => {
  const statusLine = async (cookie: string) => {
    using line = await openRawConnection(url)
    line.send(
      `GET /trpc/auth.session HTTP/1.1\r\nHost: ${line.host}\r\nConnection: close\r\nCookie: ${cookie}\r\n\r\n`,
    )
    return (await line.rest()).split('\r\n', 1).join('')
  }
  for (const pair of ['a=b; ', 'session=x; ', `session=${'x'.repeat(900)}; `]) {
    expect(await statusLine(pair.repeat(Math.ceil(16_384 / pair.length)))).toContain('HTTP/1.1 431 ')
    expect(await statusLine(pair.repeat(Math.floor(15_000 / pair.length)))).toBe('HTTP/1.1 200 OK')
  }
  await expectUnharmed()
})

/** Expects that the started process still answers and has printed no error. */
async function expectUnharmed(): Promise<void> {
  expect((await fetch(`${url}/livez`)).status).toBe(200)
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
  expect([server.child.exitCode, server.child.signalCode, server.err()]).toEqual([null, null, ''])
  expect(server.out()).not.toMatch(/"level":"(?:error|fatal|warn)"/)
}
