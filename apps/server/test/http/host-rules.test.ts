import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { refusalOf } from '../support/failure-of.ts'
import { exchange } from '../support/raw-connection.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

test.each([
  ['/trpc/auth.session', 200],
  ['/trpc/account.me', 401],
  ['/trpc/no.such', 404],
  ['/trpc/%zz', 404],
  ['/api/anything', 404],
  ['/', 503],
  ['/livez', 200],
  ['/readyz', 200],
])('security headers: the response for %s has all of them and a request id', async (path, status) => {
  await using app = await testApp()
  const { headers, status: answered } = await fetch(`${app.url}${path}`, {
    headers: { 'x-request-id': 'mine' },
  })
  expect(answered).toBe(status)
  expect(headers.get('x-request-id')).toMatch(uuid)
  expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
  // The policy allows only the server's own files.
  expect(headers.get('content-security-policy')).not.toMatch(/unsafe|\*|https?:|data:/)
  expect(Object.fromEntries(headers)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
  })
  expect(headers.get('x-powered-by')).toBeNull()
  expect(headers.get('strict-transport-security')).toBeNull()
})

test('request id: each request has its own', async () => {
  await using app = await testApp()
  const answers = await Promise.all([1, 2, 3].map(() => fetch(`${app.url}/livez`)))
  expect(new Set(answers.map(({ headers }) => headers.get('x-request-id'))).size).toBe(3)
})

test('security headers: HSTS is set behind https', async () => {
  await using app = await testApp({ host: { publicUrl: 'https://accounts.example.org' } })
  for (const path of ['/trpc/auth.session', '/', '/livez']) {
    const { headers } = await fetch(`${app.url}${path}`)
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains')
  }
})

test.each([
  ['GET', '/trpc/no.such', [404, 'NO_SUCH_PROCEDURE']],
  ['GET', '/trpc', [404, 'NO_SUCH_PROCEDURE']],
  ['GET', '/trpc/', [404, 'NO_SUCH_PROCEDURE']],
  ['GET', '/trpc/__proto__', [404, 'NO_SUCH_PROCEDURE']],
  ['GET', '/trpc/auth', [404, 'NO_SUCH_PROCEDURE']],
  ['GET', '/trpc/x/auth.session', [404, 'NO_SUCH_PROCEDURE']],
  ['GET', '/trpc/%E0%A4%A', [404, 'NO_SUCH_PROCEDURE']],
  ['POST', '/trpc/no.such', [404, 'NO_SUCH_PROCEDURE']],
  ['GET', '/api', [404, 'NO_SUCH_PROCEDURE']],
  ['POST', '/api/v2/users', [404, 'NO_SUCH_PROCEDURE']],
  ['PUT', '/trpc/auth.logout', [405, 'METHOD_NOT_ALLOWED']],
  ['DELETE', '/trpc/auth.session', [405, 'METHOD_NOT_ALLOWED']],
  ['OPTIONS', '/trpc/auth.session', [405, 'METHOD_NOT_ALLOWED']],
  ['GET', '/trpc/auth.logout', [405, 'METHOD_NOT_ALLOWED']],
  ['POST', '/trpc/auth.session', [405, 'METHOD_NOT_ALLOWED']],
  ['POST', '/login', [405, 'METHOD_NOT_ALLOWED']],
])('%s %s', async (method, path, expected) => {
  await using app = await testApp()
  const response = await fetch(`${app.url}${path}`, { method })
  expect(await refusalOf(response)).toEqual(expected)
  expect(response.headers.has('allow')).toBe(response.status === 405)
})

test('HEAD of a call is rejected without a body', async () => {
  await using app = await testApp()
  const response = await fetch(`${app.url}/trpc/auth.session`, { method: 'HEAD' })
  expect([response.status, response.headers.get('content-type')]).toEqual([
    405,
    'application/json; charset=utf-8',
  ])
})

test.each(['/trpc/auth.session', '/trpc//auth.session', '/trpc/auth%2Esession', '/TRPC/auth.session'])(
  'procedure path: %s means auth.session',
  async (path) => {
    await using app = await testApp()
    expect(await (await fetch(`${app.url}${path}`)).json()).toEqual({ result: { data: null } })
  },
)

test.each([
  ['http://[x/', 'HTTP/1.1 404 Not Found'],
  ['ftp://localhost/', 'HTTP/1.1 404 Not Found'],
  ['*', 'HTTP/1.1 404 Not Found'],
])('request target: %s is not found', async (target, status) => {
  await using app = await testApp()
  expect(await exchange(app.url, `GET ${target} HTTP/1.1`)).toContain(status)
})

test('connectionParams, a query parameter of tRPC, has no effect', async () => {
  await using app = await testApp()
  const response = await fetch(`${app.url}/trpc/auth.session?connectionParams={`)
  expect(response.status).toBe(200)
})
