import { signupInput } from '@app/contract/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { eventsOf } from '../support/audit-rows.ts'
import { refusalOf } from '../support/failure-of.ts'

const json = { 'content-type': 'application/json' }

test.each([
  ['no Origin header: a program', {}, true],
  ['our own page', { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:1' }, true],
  ['our own page, from an old browser that sends no origin', { 'sec-fetch-site': 'same-origin' }, true],
  [
    'a name that an attacker points to this server',
    { 'sec-fetch-site': 'same-origin', origin: 'http://evil.example:1' },
    false,
  ],
  ['a hidden origin', { 'sec-fetch-site': 'same-origin', origin: 'null' }, false],
  ['our origin', { origin: 'http://localhost:1' }, true],
  [
    'our origin, from an old browser with an unusual site',
    { origin: 'http://localhost:1', 'sec-fetch-site': 'none' },
    true,
  ],
  ['an allowed origin', { origin: 'https://app.example.org', 'sec-fetch-site': 'cross-site' }, true],
  ['another port', { origin: 'http://localhost:2' }, false],
  ['another scheme', { origin: 'https://localhost:1' }, false],
  ['an opaque origin', { origin: 'null' }, false],
  ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, false],
  ['a name that begins like ours', { origin: 'https://app.example.org.evil.example' }, false],
  ['another subdomain', { 'sec-fetch-site': 'same-site' }, false],
  ['a typed address', { 'sec-fetch-site': 'none' }, false],
])('origin check: a POST with %s', async (_name, headers, passes) => {
  await using app = await testApp({
    host: { publicUrl: 'http://localhost:1', allowedOrigins: ['https://app.example.org'] },
  })
  const response = await fetch(`${app.url}/trpc/auth.logout`, {
    method: 'POST',
    headers: { ...json, ...headers },
  })
  expect(response.status).toBe(passes ? 200 : 403)
  expect((await response.text()).includes('CROSS_ORIGIN')).toBe(!passes)
})

test('origin check: rejects a cross-site POST before it reads the body', async () => {
  await using app = await testApp()
  const response = await fetch(`${app.url}/trpc/auth.signup`, {
    method: 'POST',
    headers: { origin: 'https://evil.example', 'content-type': 'text/plain' },
    body: JSON.stringify(signupInput({})),
  })
  expect(await refusalOf(response)).toEqual([403, 'CROSS_ORIGIN'])
  expect(await app.services.db.read.selectFrom('users').selectAll().execute()).toEqual([])
})

test('origin check: without PUBLIC_URL, expects the port of the request', async () => {
  await using app = await testApp()
  const { port } = new URL(app.url)
  const post = (origin: string) =>
    fetch(`${app.url}/trpc/auth.logout`, { method: 'POST', headers: { ...json, origin } })
  expect((await post(`http://localhost:${port}`)).status).toBe(200)
  expect((await post('http://localhost:8087')).status).toBe(403)
})

test('origin check: the names of the local machine are one server, unless it is exposed', async () => {
  for (const [publicUrl, status] of [
    [null, 200],
    ['https://accounts.example.org', 403],
  ] as const) {
    await using app = await testApp({ host: { publicUrl } })
    const { port } = new URL(app.url)
    for (const name of ['localhost', '127.0.0.1', '[::1]']) {
      const headers = { ...json, origin: `http://${name}:${port}`, 'sec-fetch-site': 'same-origin' }
      const response = await fetch(`${app.url}/trpc/auth.logout`, { method: 'POST', headers })
      expect(response.status).toBe(status)
    }
  }
})

test('origin check: rejects an export that another site opens, without an audit event', async () => {
  await using app = await testApp({
    host: { publicUrl: 'http://localhost:1', allowedOrigins: ['https://app.example.org'] },
  })
  const { cookie } = await newUser(app)
  const exportWith = (headers: Record<string, string>) =>
    fetch(`${app.url}/trpc/account.export`, { headers: { cookie, ...headers } })
  const events = await eventsOf(app, async () => {
    for (const headers of [
      // A link of another site, a typed address, an image of another subdomain, a script of another site.
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
      { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' },
      { 'sec-fetch-site': 'same-site', 'sec-fetch-dest': 'image' },
      { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    ]) {
      expect(await refusalOf(await exportWith(headers))).toEqual([403, 'CROSS_ORIGIN'])
    }
  })
  expect(events).toEqual([])
  for (const headers of [
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'cross-site', origin: 'https://app.example.org' },
    {},
  ]) {
    const answer = await exportWith(headers)
    // An account has one export at a time, so the test reads each one to its end.
    await answer.text()
    expect(answer.status).toBe(200)
  }
})
