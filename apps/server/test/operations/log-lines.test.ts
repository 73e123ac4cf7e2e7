import { signupInput } from '@app/contract/testing'
import { expect, test } from 'vitest'
import { createLog } from '../../src/log.ts'
import { testApp } from '../../src/testing/test-app.ts'
import { testLog } from '../../src/testing/test-log.ts'

const password = 'correct horse battery'

test('log: one line for each request, with the path and without its query', async () => {
  await using app = await testApp()
  const response = await fetch(`${app.url}/trpc/account.me?input=%7B%22search%22%3A%22diary%22%7D`)
  await response.text()
  await expect.poll(() => app.log.lines).toHaveLength(1)
  expect(app.log.lines[0]).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    requestId: response.headers.get('x-request-id'),
    method: 'GET',
    path: '/trpc/account.me',
    procedure: 'account.me',
    status: 401,
    ms: expect.any(Number),
    ip: '127.0.0.1',
    msg: 'request',
  })
})

test('log: contains no password, token, cookie, search or user agent', async () => {
  await using app = await testApp()
  let token = ''
  const seen: typeof fetch = async (input, init) => {
    const response = await fetch(input, {
      ...init,
      headers: { ...Object.fromEntries(new Headers(init?.headers)), 'user-agent': 'Spy/1' },
    })
    token ||= /session=([^;]+)/.exec(String(response.headers.getSetCookie()))?.[1] ?? ''
    return response
  }
  const api = app.newClient({ fetch: seen })
  await api.auth.signup.mutate(signupInput({ username: 'ada', password }))
  await api.account.me.query()
  await api.auth.logout.mutate()
  await fetch(`${app.url}/users?search=secret-search`)
  await fetch(`${app.url}/trpc/auth.login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"${password}`,
  })
  await expect.poll(() => app.log.lines).toHaveLength(5)
  for (const secret of [password, token, token.split('.')[2] ?? '', 'secret-search', 'Spy/1', 'session=']) {
    expect(secret).not.toBe('')
    expect(app.log.text).not.toContain(secret)
  }
})

test('log: removes secrets that code logs by mistake', () => {
  const log = testLog()
  const secret = { cookie: 'SECRET', authorization: 'SECRET', 'set-cookie': ['SECRET'], password: 'SECRET' }
  createLog('info', log).info(
    {
      ...secret,
      headers: secret,
      request: { headers: secret, kept: 'this' },
      calls: [secret, 'and this'],
      cause: Object.assign(new Error('a cause'), secret),
    },
    'oops',
  )
  expect(log.text).toContain('this')
  expect(log.text).toContain('and this')
  expect(log.text).not.toContain('SECRET')
})

test('log: an error has its causes, but no extra properties and no text that a parser quotes', () => {
  const log = testLog()
  const parse = (text: string): unknown => {
    try {
      return JSON.parse(text)
    } catch (error) {
      return error
    }
  }
  const err = Object.assign(new Error('a query failed', { cause: parse('SECRET') }), {
    input: 'SECRET',
    code: 'E1',
  })
  createLog('info', log).error({ err }, 'oops')
  expect(log.expectErrors()).toMatchObject([
    { err: { type: 'Error', message: 'a query failed', code: 'E1', cause: { type: 'SyntaxError' } } },
  ])
  expect(log.text).not.toContain('SECRET')
})

test('log: LOG_LEVEL=info hides health checks and files, which have level debug', async () => {
  await using app = await testApp({ host: { logLevel: 'info' } })
  for (const path of ['/livez', '/readyz', '/favicon.svg', '/assets/app-1.js', '/trpc/auth.session']) {
    await (await fetch(`${app.url}${path}`)).text()
  }
  await expect.poll(() => app.log.lines.map(({ path }) => path)).toEqual(['/trpc/auth.session'])
})

test.each([
  [0, '9.9.9.9, 8.8.8.8', '127.0.0.1'],
  [1, '9.9.9.9, 8.8.8.8', '8.8.8.8'],
  [2, '9.9.9.9, 8.8.8.8', '9.9.9.9'],
  [5, '9.9.9.9, 8.8.8.8', '9.9.9.9'],
  [1, '9.9.9.9, ::ffff:8.8.8.8', '8.8.8.8'],
  [1, '9.9.9.9, 2001:db8::1', '2001:db8::1'],
  [1, 'not an address', null],
])('log: with TRUST_PROXY=%i, X-Forwarded-For: %s means %s', async (trustProxy, forwarded, ip) => {
  await using app = await testApp({ host: { trustProxy } })
  await (await fetch(`${app.url}/trpc/auth.session`, { headers: { 'x-forwarded-for': forwarded } })).text()
  const requests = () => app.log.lines.filter(({ msg }) => msg === 'request')
  await expect.poll(requests).toMatchObject([{ ip }])
})
