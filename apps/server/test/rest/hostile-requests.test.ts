import fc from 'fast-check'
import { expect, test } from 'vitest'
import { restRoutes } from '../../src/rest/routes.ts'
import { testApp } from '../../src/testing/test-app.ts'
import { newAdmin, newUser } from '../support/actors.ts'
import { auditRows } from '../support/audit-rows.ts'
import { giveToken } from '../support/give-token.ts'
import { rest } from './rest-call.ts'

const site = 'https://app.example.org'

const routePaths = [...new Set(Object.values(restRoutes).map(({ path }) => path))]
const segments = fc.oneof(
  fc.constantFrom(
    '',
    '.',
    '..',
    '%2e%2e',
    '%2f',
    '%00',
    '%zz',
    '%',
    '%ff',
    '__proto__',
    '{id}',
    'a;b=c',
    'ａ',
  ),
  fc.constantFrom('01977e3c-0000-7000-8000-000000000000', '01977E3C-0000-7000-8000-000000000000'),
  fc.string({ maxLength: 30 }).map(encodeURIComponent),
)
const paths = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.constantFrom(...routePaths), segments).map(fill) },
  { weight: 1, arbitrary: fc.array(segments, { maxLength: 5 }).map((parts) => `/${parts.join('/')}`) },
)
const methods = fc.constantFrom('GET', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'QUERY')
const names = [
  'id',
  'limit',
  'cursor',
  'search',
  'username',
  'password',
  'name',
  'endOtherSessions',
  '__proto__',
]
const pairs = fc.tuple(
  fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 20 }).map(encodeURIComponent)),
  fc.oneof(
    fc.constantFrom(
      '',
      '1',
      '-1',
      '1e400',
      'NaN',
      'true',
      'null',
      '%',
      '%c0%80',
      '%ed%a0%80',
      '[object Object]',
    ),
    fc.string({ maxLength: 60 }).map(encodeURIComponent),
  ),
)
const queries = fc.array(pairs, { maxLength: 4 }).map((list) => list.map((pair) => pair.join('=')).join('&'))
const bodies = fc.oneof(
  fc.json({ maxDepth: 3 }),
  fc
    .dictionary(
      fc.constantFrom(...names),
      fc.oneof(fc.string({ maxLength: 300 }), fc.constantFrom(null, 0, true, [], {})),
    )
    .map((fields) => JSON.stringify(fields)),
  fc.constantFrom(
    '',
    '{',
    '{}}',
    '\u0000',
    '{"a":1,"a":2}',
    `${'['.repeat(2_000)}`,
    '{"__proto__":{"role":"admin"}}',
  ),
  fc.string({ maxLength: 200 }),
)
const types = fc.constantFrom(
  'application/json',
  'application/json',
  'application/merge-patch+json',
  'application/json; charset=utf-16',
  'text/plain',
  'multipart/form-data; boundary=x',
  '',
)

function fill([path, segment]: [path: string, segment: string]): string {
  return path.replaceAll(/\{\w+\}/g, () => segment)
}

test('any request ends in time with a value or a problem, and none changes an account that it may not', async () => {
  await using app = await testApp({
    host: { publicUrl: 'http://localhost:1', allowedOrigins: [site] },
    settings: { limits: 'relaxed' },
  })
  const [ada, admin, user] = [await newUser(app), await newAdmin(app), await newUser(app)]
  const cookies = fc.constantFrom(undefined, user.cookie, `${ada.cookie}x`, `${ada.cookie}; ${admin.cookie}`)
  const origins = fc.constantFrom(undefined, undefined, undefined, site, 'https://evil.example', 'null')
  const { token } = await giveToken(app, user.id, { scopes: ['account:read'] })
  const authorizations = fc.constantFrom(
    undefined,
    undefined,
    `Bearer ${token}`,
    `Bearer ${token}x`,
    'Basic YTpi',
  )
  const before = (await auditRows(app)).length
  const request = fc.record({
    path: paths,
    method: methods,
    query: queries,
    body: bodies,
    type: types,
    origin: origins,
    cookie: cookies,
    authorization: authorizations,
  })
  await fc.assert(
    fc.asyncProperty(request, async ({ path, method, query, body, type, origin, cookie, authorization }) => {
      // An event stream has no end, and fetch resolves dots.
      const { pathname } = new URL(`/api/v1${path}`, app.url)
      if (pathname === '/api/v1/account/events' || !pathname.startsWith('/api/v1')) return
      const hasBody = !['GET', 'HEAD'].includes(method)
      const answer = await rest(app.url, `${method} /${path.slice(1)}${query === '' ? '' : `?${query}`}`, {
        cookie,
        headers: {
          ...(type === '' ? {} : { 'content-type': type }),
          ...(origin === undefined ? {} : { origin }),
          ...(authorization === undefined ? {} : { authorization }),
        },
        ...(hasBody ? { body } : {}),
      })
      // `rest` has checked the problem. 501: this server sends no mail, and has an address without passkeys.
      expect([200, 201, 204, 400, 401, 403, 404, 405, 409, 410, 413, 415, 429, 501]).toContain(answer.status)
      expect(JSON.stringify(answer.body ?? '').length).toBeLessThan(10_000)
    }),
    { numRuns: 600, seed: 20_261_129 },
  )
  const after = (await auditRows(app)).slice(before)
  for (const { subject } of after) expect([ada.id, admin.id]).not.toContain(subject)
  for (const { cookie } of [ada, admin])
    expect((await rest(app.url, 'GET /account', { cookie })).status).toBe(200)
})
