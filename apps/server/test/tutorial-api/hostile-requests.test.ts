import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newAdmin, newUser, password } from '../support/actors.ts'
import { auditRows, eventsOf } from '../support/audit-rows.ts'
import { callTutorial } from './tutorial-call.ts'

const site = 'https://app.example.org'
const host = { publicUrl: 'http://localhost:1', allowedOrigins: [site] }

const changes = [
  'POST /api/authenticate',
  'DELETE /api/authenticate',
  'POST /api/user',
  'PUT /api/user',
  'DELETE /api/user',
] as const

test.each(changes)('%s is refused when another site sends it', async (route) => {
  await using app = await testApp({ host })
  const { cookie } = await newUser(app)
  const body = {
    'POST /api/authenticate': { uid: 'ada', password },
    'DELETE /api/authenticate': {},
    'POST /api/user': { uid: 'ada', password },
    'PUT /api/user': { name: 'Changed' },
    'DELETE /api/user': {},
  }[route]
  const events = await eventsOf(app, async () => {
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'x-origin': 'client' },
      { origin: `${site}.evil.example` },
      { origin: 'http://localhost:2', 'sec-fetch-site': 'same-site' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'none' },
    ] as Record<string, string>[]) {
      const answer = await callTutorial(app.url, route, { cookie, body, headers })
      expect([answer.status, answer.message, answer.error]).toEqual([
        403,
        'This request came from another site.',
        'Forbidden',
      ])
      expect(answer.cookies).toEqual([])
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    }
  })
  expect(events).toEqual([])
  expect((await callTutorial(app.url, 'GET /api/id', { cookie })).data).not.toMatchObject({ name: 'Changed' })
})

test('fields of a change in the query string are refused: none of them acts on the caller instead', async () => {
  await using app = await testApp()
  const [admin, other] = [await newAdmin(app), await newUser(app)]
  for (const route of changes) {
    const [method = '', path = ''] = route.split(' ')
    const inQuery = `${method} /${path.slice(1)}?id=${other.id}` as const
    const { status, message } = await callTutorial(app.url, inQuery, { cookie: admin.cookie, body: {} })
    expect([status, message]).toEqual([400, 'Send the fields in the body, not in the query string.'])
  }
  expect((await callTutorial(app.url, 'GET /api/id', { cookie: admin.cookie })).status).toBe(200)
})

test('a page of an allowed origin logs in and reads the response', async () => {
  await using app = await testApp({ host })
  const { username: uid } = await newUser(app)
  const headers = { origin: site, 'sec-fetch-site': 'cross-site', 'x-origin': 'client' }
  const answer = await callTutorial(app.url, 'POST /api/authenticate', { body: { uid, password }, headers })
  expect([answer.status, answer.cookies.length > 0]).toEqual([200, true])
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'access-control-allow-origin': site,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'X-Request-Id, Retry-After, Link',
    vary: 'Origin',
  })
})

test.each(['/api/authenticate', '/api/user', '/api/id', '/api/users', '/api/nothing'])(
  'preflight of %s: an allowed origin may send each method and X-Origin, others may not',
  async (path) => {
    await using app = await testApp({ host })
    const preflight = (origin: string) =>
      fetch(app.url + path, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'DELETE',
          'access-control-request-headers': 'content-type,x-origin',
        },
      })
    const allowed = await preflight(site)
    expect([allowed.status, allowed.headers.get('access-control-allow-methods')]).toEqual([
      204,
      'GET, POST, PUT, DELETE',
    ])
    const sent = allowed.headers.get('access-control-allow-headers')?.toLowerCase().split(', ')
    expect(sent).toEqual(expect.arrayContaining(['content-type', 'x-origin']))
    for (const origin of ['https://evil.example', 'null', 'http://localhost:2']) {
      const { status, headers } = await preflight(origin)
      expect([404, 405]).toContain(status)
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
  },
)

const paths = fc.oneof(
  fc.constantFrom('authenticate', 'user', 'id', 'users'),
  fc.constantFrom(
    '',
    '/',
    'User',
    'user/',
    'user//',
    '%75ser',
    'user%00',
    '../trpc/auth.login',
    'user;x=1',
    '__proto__',
  ),
  fc.string({ maxLength: 30 }).map(encodeURIComponent),
)
const methods = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'QUERY')
const values = fc.oneof(
  { weight: 3, arbitrary: fc.json({ maxDepth: 3 }) },
  fc
    .dictionary(
      fc.constantFrom('uid', 'password', 'name', 'email', 'id', 'username', '__proto__', 'constructor'),
      fc.oneof(fc.string({ maxLength: 300 }), fc.constantFrom(null, 0, true, '', [], {})),
    )
    .map((fields) => JSON.stringify(fields)),
  fc.string({ maxLength: 200 }),
)
const types = fc.constantFrom(
  'application/json',
  'application/json; charset=utf-8',
  'application/json; charset=utf-16',
  'text/plain',
  'application/x-www-form-urlencoded',
  '',
)
const queries = fc.oneof(
  fc.constant(''),
  fc.webQueryParameters().map((query) => `?${query.slice(0, 300)}`),
)
const origins = fc.constantFrom(undefined, undefined, site, 'https://evil.example', 'null', '')

test('any request gets a bounded answer, and none changes an account that it may not', async () => {
  await using app = await testApp({ host, settings: { limits: 'relaxed' } })
  const [ada, admin] = [await newUser(app), await newAdmin(app)]
  const ended = await newUser(app)
  await ended.api.auth.logout.mutate()
  const cookies = fc.constantFrom(
    undefined,
    ended.cookie,
    `${ada.cookie}x`,
    `${ada.cookie}; ${ada.cookie}`,
    'session=;;=',
  )
  const before = (await auditRows(app)).length
  let signups = 0
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        path: paths,
        method: methods,
        body: values,
        type: types,
        query: queries,
        origin: origins,
        cookie: cookies,
      }),
      async ({ path, method, body, type, query, origin, cookie }) => {
        const response = await fetch(`${app.url}/api/${path}${query}`, {
          method,
          redirect: 'manual',
          headers: {
            ...(type === '' ? {} : { 'content-type': type }),
            ...(origin === undefined ? {} : { origin }),
            ...(cookie === undefined ? {} : { cookie }),
          },
          ...(method === 'GET' || method === 'HEAD' ? {} : { body }),
        })
        const text = await response.text()
        expect([200, 201, 204, 400, 401, 403, 404, 405, 409, 415, 429, 503]).toContain(response.status)
        expect(text.length).toBeLessThan(4_000)
        expect(response.headers.get('x-request-id')).not.toBeNull()
        if (response.status === 201) signups += 1
        const isAllowed = origin === undefined || origin === site
        expect(response.headers.get('access-control-allow-origin')).toBe(origin === site ? site : null)
        expect(isAllowed ? [] : response.headers.getSetCookie()).toEqual([])
      },
    ),
    { numRuns: 400, seed: 20_260_101 },
  )
  // Only failed log-ins of unknown names and sign-ups are recorded.
  const after = (await auditRows(app)).slice(before)
  expect(after.filter(({ event }) => event === 'signup')).toHaveLength(signups)
  for (const { subject } of after) expect([ada.id, admin.id, ended.id]).not.toContain(subject)
  for (const { cookie, username } of [ada, admin]) {
    expect((await callTutorial(app.url, 'GET /api/id', { cookie })).data).toMatchObject({ uid: username })
  }
})
