import { expect, test } from 'vitest'
import { cookieVerdict, siteOf } from '../../src/doctor/cookie-verdict.ts'
import { parseSetCookie } from '../../src/doctor/set-cookie.ts'
import { diagnose } from './diagnose.ts'
import { runningApp } from './running-app.ts'

const lax = 'session-8087=x; Path=/; HttpOnly; SameSite=Lax'
const laxSecure = '__Host-session=x; Path=/; HttpOnly; Secure; SameSite=Lax'
const noneSecure = '__Host-session=x; Path=/; HttpOnly; Secure; SameSite=None'

// browser-verdicts.test.ts compares verdicts of these kinds with a browser.
test.each([
  ['http://localhost:8087', 'http://localhost:8087', lax, null],
  ['http://localhost:3000', 'http://localhost:8087', lax, null],
  ['http://127.0.0.1:3000', 'http://localhost:8087', lax, 'other-site'],
  ['http://localhost:3000', 'http://127.0.0.1:8087', lax, 'other-site'],
  ['http://localhost:3000', 'http://127.0.0.1:8087', noneSecure.replace('__Host-', ''), null],
  ['http://app.localhost:3000', 'http://localhost:8087', lax, 'other-site'],
  ['https://app.example.org', 'https://accounts.example.org', laxSecure, null],
  ['https://example.org', 'https://accounts.example.org', laxSecure, null],
  ['http://app.example.org', 'https://accounts.example.org', laxSecure, 'other-site'],
  ['https://example.com', 'https://accounts.example.org', laxSecure, 'other-site'],
  ['https://example.com', 'https://accounts.example.org', noneSecure, null],
  ['https://one.co.uk', 'https://two.co.uk', laxSecure, 'other-site'],
  ['https://one.github.io', 'https://two.github.io', laxSecure, 'other-site'],
  ['https://app.one.github.io', 'https://one.github.io', laxSecure, null],
  ['https://192.0.2.1', 'https://192.0.2.2', laxSecure, 'other-site'],
  ['https://app.example.org', 'http://accounts.example.org', lax, 'mixed-content'],
  ['http://accounts.example.org', 'http://accounts.example.org', laxSecure, 'secure-over-http'],
  ['https://example.com', 'https://accounts.example.org', 'session=x; SameSite=None', 'none-without-secure'],
  ['https://a.example.org', 'https://a.example.org', `${laxSecure}; Domain=example.org`, 'prefix'],
  ['https://a.example.org', 'https://a.example.org', laxSecure.replace('Path=/;', 'Path=/app;'), 'prefix'],
])('doctor: the cookie of %s calling %s with %s: %s', (page, server, cookie, problem) => {
  expect(cookieVerdict(new URL(page), new URL(server), parseSetCookie(cookie)).problem).toBe(problem)
})

test.each([
  ['https://accounts.example.org:8443', 'https://example.org'],
  ['https://a.b.co.uk', 'https://b.co.uk'],
  ['https://github.io', 'https://github.io'],
  ['http://[::1]:3000', 'http://[::1]'],
  ['http://intranet', 'http://intranet'],
  ['http://app.intranet', 'http://app.intranet'],
])('doctor: the site of %s is %s', (origin, site) => {
  expect(siteOf(new URL(origin))).toBe(site)
})

test('doctor: a page of another site gets no cookie with SameSite=lax, and the fix names both settings', async () => {
  const page = 'http://localhost:3000'
  await using app = await runningApp({ host: { allowedOrigins: [page] } })
  const { of, with: named } = await diagnose(['--server', app.url, '--page', page])
  expect(named('fail')).toEqual(['cookie'])
  expect(of('cookie')).toMatchObject({
    text: expect.stringContaining('page and server are two sites'),
    fix: `Open the page as http://127.0.0.1:3000 (a port makes no other site, another name does), or COOKIE_SAMESITE=none and ALLOWED_ORIGINS=${page}`,
  })
})

test('doctor: COOKIE_SAMESITE=none makes it work, with a warning about other browsers', async () => {
  const page = 'http://localhost:3000'
  await using app = await runningApp({ host: { allowedOrigins: [page], cookieSameSite: 'none' } })
  const { of, code } = await diagnose(['--server', app.url, '--page', page])
  expect(of('cookie')).toMatchObject({ status: 'warn', text: expect.stringContaining('Safari blocks it') })
  expect(code).toBe(0)
})

test('doctor: another port is the same site, and needs ALLOWED_ORIGINS', async () => {
  const page = 'http://127.0.0.1:3000'
  await using app = await runningApp()
  const missing = await diagnose(['--server', app.url, '--page', page])
  expect(missing.with('fail')).toEqual(['origin'])
  expect(missing.of('origin')?.fix).toMatch(/^ALLOWED_ORIGINS=http:\/\/127\.0\.0\.1:3000/)
  await using allowing = await runningApp({ host: { allowedOrigins: [page] } })
  expect((await diagnose(['--server', allowing.url, '--page', page])).with('fail')).toEqual([])
})

test('doctor: a Secure cookie behind plain http is not stored', async () => {
  await using app = await runningApp({ host: { publicUrl: 'https://accounts.example.org', trustProxy: 1 } })
  const { of } = await diagnose(['--server', app.url])
  expect(of('cookie')).toMatchObject({ status: 'ok' })
  expect(of('name')).toMatchObject({ status: 'fail', fix: `PUBLIC_URL=${app.url}` })
})
