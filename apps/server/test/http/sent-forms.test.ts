import { bodyLimitBytes } from '@app/contract'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { refusalOf } from '../support/failure-of.ts'
import { exchange } from '../support/raw-connection.ts'

const password = 'five hats on a quiet shelf'
const fields = new URLSearchParams({ username: 'ada', password })

test('submitted form: redirects to its page and stores none of the fields', async () => {
  await using app = await testApp()
  const send = (path: string, init: RequestInit = {}) =>
    fetch(app.url + path, { method: 'POST', body: fields, redirect: 'manual', ...init })
  const pages = [
    ['/login', '/login?form=unsent'],
    ['/login?redirectTo=%2Faccount', '/login?redirectTo=%2Faccount&form=unsent'],
    ['/signup', '/signup?form=unsent'],
    ['/account/password', '/account/password?form=unsent'],
    ['/account/data', '/account/data?form=unsent'],
    // The password dialog can appear on any page.
    ['/', '/?form=unsent'],
    ['/users?search=a%26b', '/users?search=a%26b&form=unsent'],
  ] as const
  for (const [path, back] of pages) {
    const response = await send(path)
    expect([response.status, response.headers.get('location')]).toEqual([303, back])
    expect(response.headers.getSetCookie()).toEqual([])
    expect(await response.text()).toBe('')
  }
  const multipart = new FormData()
  multipart.set('password', password)
  expect((await send('/login', { body: multipart })).status).toBe(303)
  // The server opened no session, and no log line contains the password.
  expect(await app.api.auth.session.query()).toBeNull()
  expect(JSON.stringify(app.log.lines)).not.toContain('quiet')
})

test('submitted form: rejects another site, a body that is too large and another content type', async () => {
  await using app = await testApp()
  const send = (headers: Record<string, string>, body: URLSearchParams | string = fields, path = '/login') =>
    fetch(app.url + path, { method: 'POST', body, headers, redirect: 'manual' })
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'null', 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ] as Record<string, string>[])
    expect(await refusalOf(await send(headers))).toEqual([403, 'CROSS_ORIGIN'])
  // With `Referrer-Policy: no-referrer` the origin of our own form is `null`.
  expect((await send({ origin: 'null', 'sec-fetch-site': 'same-origin' })).status).toBe(303)

  const large = new URLSearchParams({ password: 'x'.repeat(bodyLimitBytes) })
  expect(await refusalOf(await send({}, large))).toEqual([413, 'PAYLOAD_TOO_LARGE'])
  const json = { 'content-type': 'application/json' }
  expect(await refusalOf(await send(json, '{}'))).toEqual([405, 'METHOD_NOT_ALLOWED'])
  for (const path of ['/no-such-page', '/favicon.svg', '//evil.example/login', '/users/anything'])
    expect(await refusalOf(await send({}, fields, path))).toEqual([405, 'METHOD_NOT_ALLOWED'])
  const empty = await exchange(
    app.url,
    'POST /login HTTP/1.1',
    'Content-Type: text/plain',
    'Content-Length: 0',
  )
  expect(empty).toMatch(/^HTTP\/1.1 303 /)
})
