import { bodyLimitBytes } from '@app/contract'
import { describe, expect, test } from 'vitest'
import { restRoutes } from '../../src/rest/routes.ts'
import { testApp } from '../../src/testing/test-app.ts'
import { newAdmin, newUser, unknownId } from '../support/actors.ts'
import { openRawConnection } from '../support/raw-connection.ts'
import { problemIn, reasonOf, rest } from './rest-call.ts'
import type { RestAnswer } from './rest-call.ts'

type Route = `${string} /${string}`

describe('REST paths', () => {
  test('an unknown path is NO_SUCH_PROCEDURE', async () => {
    await using app = await testApp()
    const { cookie } = await newUser(app)
    for (const path of [
      '',
      '/',
      '/nothing',
      '/account/',
      '//account',
      '/Account',
      '/account/me/x',
      '/users//role',
    ]) {
      const response = await fetch(`${app.url}/api/v1${path}`, { headers: { cookie } })
      expect([path, response.status]).toEqual([path, 404])
      expect(reasonOf({ body: await response.json() })).toBe('NO_SUCH_PROCEDURE')
    }
    // fetch would resolve the dots.
    using line = await openRawConnection(app.url)
    line.send(`GET /api/v1/../v1/account HTTP/1.1\r\nHost: ${line.host}\r\nConnection: close\r\n\r\n`)
    expect(await line.rest()).toMatch(/^HTTP\/1\.1 404 .*NO_SUCH_PROCEDURE/s)
    for (const route of ['GET /%zz', 'PUT /users/%/role', 'GET /..%2ftrpc'] as const) {
      expect(reasonOf(await rest(app.url, route, { cookie }))).toBe('NO_SUCH_PROCEDURE')
    }
  })

  test('a segment may be percent-encoded, and an encoded slash is part of it', async () => {
    await using app = await testApp()
    const { cookie } = await newAdmin(app)
    expect((await rest(app.url, 'GET /%61ccount', { cookie })).status).toBe(200)
    expect(reasonOf(await rest(app.url, 'GET /account%2Fsecurity', { cookie }))).toBe('NO_SUCH_PROCEDURE')
    const encoded = await rest(app.url, 'DELETE /users/a%2Frole', { cookie })
    expect(problemIn(encoded)).toMatchObject({
      reason: 'INVALID_INPUT',
      fields: { id: [expect.any(String)] },
    })
  })

  test('a path of words wins over one with a parameter', async () => {
    await using app = await testApp()
    const { cookie } = await newUser(app)
    expect((await rest(app.url, 'POST /account/sessions/revoke-others', { cookie })).status).toBe(200)
    const { status, headers } = await rest(app.url, 'DELETE /account/sessions/revoke-others', { cookie })
    expect([status, headers.get('allow')]).toEqual([405, 'POST, OPTIONS'])
  })
})

describe('REST methods', () => {
  test.each([
    ['/account', 'GET, HEAD, PATCH, DELETE, OPTIONS', 'application/merge-patch+json, application/json'],
    ['/auth/login', 'POST, OPTIONS', null],
    [`/users/${unknownId}/role`, 'PUT, OPTIONS', null],
    ['/account/events', 'GET, OPTIONS', null],
  ] as const)('%s allows %s', async (path, allow, patch) => {
    await using app = await testApp()
    for (const method of ['OPTIONS', 'TRACE', 'QUERY', 'GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      if (allow.split(', ').includes(method) && method !== 'OPTIONS') continue
      // fetch sends no TRACE.
      if (method === 'TRACE') continue
      const { status, headers } = await rest(app.url, `${method} ${path}`)
      expect([method, status]).toEqual([method, method === 'OPTIONS' ? 204 : 405])
      expect([headers.get('allow'), headers.get('accept-patch')]).toEqual([allow, patch])
    }
  })

  test('HEAD has the headers of GET and no body', async () => {
    await using app = await testApp()
    const { cookie } = await newUser(app)
    const [head, get] = [
      await rest(app.url, 'HEAD /account', { cookie }),
      await rest(app.url, 'GET /account', { cookie }),
    ]
    expect([head.status, head.body]).toEqual([200, undefined])
    for (const name of ['content-type', 'content-length', 'cache-control'])
      expect(head.headers.get(name)).toBe(get.headers.get(name))
    expect((await rest(app.url, 'HEAD /account')).status).toBe(401)
  })
})

describe('REST bodies', () => {
  const invalid = (answer: RestAnswer) => {
    expect(problemIn(answer)?.reason).toBe('INVALID_INPUT')
    return problemIn(answer)?.['form']
  }

  test('are application/json, and in a PATCH application/merge-patch+json too', async () => {
    await using app = await testApp()
    const { cookie } = await newUser(app)
    const send = (route: Route, type: string) =>
      rest(app.url, route, { cookie, body: '{}', headers: { 'content-type': type } })
    for (const type of [
      'application/json',
      'Application/JSON; charset=utf-8',
      'application/merge-patch+json',
    ])
      expect((await send('PATCH /account', type)).status).toBe(200)
    for (const type of ['text/plain', 'application/json; charset=latin1', 'application/json-patch+json']) {
      const { status, headers } = await send('PATCH /account', type)
      expect([status, headers.get('accept-patch')]).toEqual([
        415,
        'application/merge-patch+json, application/json',
      ])
    }
    for (const type of ['application/merge-patch+json', 'application/x-www-form-urlencoded']) {
      const { status, headers } = await send('POST /auth/login', type)
      expect([status, headers.get('accept')]).toEqual([415, 'application/json'])
    }
  })

  test('may be missing when no field is required', async () => {
    await using app = await testApp()
    const { cookie } = await newUser(app)
    expect((await rest(app.url, 'PATCH /account', { cookie })).status).toBe(200)
    expect((await rest(app.url, 'POST /auth/logout', { cookie })).status).toBe(204)
  })

  test('that are too large, compressed, broken or no object are rejected', async () => {
    await using app = await testApp()
    const { cookie } = await newUser(app)
    const patch = (body: string, headers: Record<string, string> = {}) =>
      rest(app.url, 'PATCH /account', {
        cookie,
        body,
        headers: { 'content-type': 'application/json', ...headers },
      })
    expect(reasonOf(await patch(`{"name":"${'x'.repeat(bodyLimitBytes)}"}`))).toBe('PAYLOAD_TOO_LARGE')
    expect(reasonOf(await patch('{}', { 'content-encoding': 'gzip' }))).toBe('UNSUPPORTED_MEDIA_TYPE')
    expect(invalid(await patch('{"name":'))).toEqual(['The input is not valid JSON.'])
    for (const body of ['[]', '"text"', '7']) expect(invalid(await patch(body))).not.toEqual([])
  })

  test('of a DELETE, and query strings of other changes, are rejected', async () => {
    await using app = await testApp()
    const { cookie } = await newUser(app)
    const byBody = await rest(app.url, 'DELETE /account/totp', { cookie, body: { endOtherSessions: false } })
    expect(invalid(byBody)).toEqual(['Send the fields of a DELETE in the query string, not in a body.'])
    expect((await rest(app.url, 'DELETE /account/factor-reset', { cookie, body: {} })).status).toBe(204)
    const byQuery = await rest(app.url, 'PATCH /account?name=Ada', { cookie, body: {} })
    expect(invalid(byQuery)).toEqual(['Send the fields in the body, not in the query string.'])
  })

  test('may not repeat a field of the path, even with the same value', async () => {
    await using app = await testApp()
    const { cookie, id } = await newAdmin(app)
    const problem = { id: ['This is part of the path. Leave it out here.'] }
    const inBody = await rest(app.url, `PUT /users/${id}/role`, { cookie, body: { id, role: 'user' } })
    expect(problemIn(inBody)).toMatchObject({ reason: 'INVALID_INPUT', fields: problem })
    const inQuery = await rest(app.url, `DELETE /users/${unknownId}?id=${id}`, { cookie })
    expect(problemIn(inQuery)).toMatchObject({ reason: 'INVALID_INPUT', fields: problem })
    expect((await rest(app.url, 'GET /account', { cookie })).status).toBe(200)
  })
})

test('REST: every route is found by its own path', async () => {
  await using app = await testApp()
  for (const { method, path } of Object.values(restRoutes)) {
    const answer = await rest(app.url, `OPTIONS /${path.slice(1).replaceAll(/\{\w+\}/g, unknownId)}`)
    expect([path, answer.headers.get('allow')?.split(', ').includes(method)]).toEqual([path, true])
  }
})
