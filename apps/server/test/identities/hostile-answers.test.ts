import type { ServerResponse } from 'node:http'
import { rateLimits } from '@app/contract'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { password, signUp } from '../support/actors.ts'
import { watchReads } from '../support/database-reads.ts'
import { badProvider } from './bad-provider.ts'
import type { Misbehaviour } from './bad-provider.ts'
import { newBrowser, pathOf } from './browser.ts'
import type { Browser } from './browser.ts'
import { browserOf } from './linked-browser.ts'

/** Everything that a callback could leave behind. */
async function tracesOf(app: Awaited<ReturnType<typeof testApp>>, browser: Browser) {
  const rows = (table: 'users' | 'sessions' | 'identities' | 'audit_events') =>
    app.services.db.read.selectFrom(table).select('id').execute()
  const tables = await Promise.all([
    rows('users'),
    rows('sessions'),
    rows('identities'),
    rows('audit_events'),
  ])
  return { rows: tables.flat().length, cookies: browser.cookies() }
}
const nothing = { rows: 0, cookies: '' }

const ended = (status: number, type: string, body: string) => (response: ServerResponse) =>
  void response.writeHead(status, { 'content-type': type }).end(body)
const json = (body: object, status = 200) => ended(status, 'application/json', JSON.stringify(body))

const misbehaviours: [string, Misbehaviour, string][] = [
  ['an ID token signed by a foreign key', { signature: 'foreign' }, 'invalid'],
  ['an ID token without a signature', { signature: 'none' }, 'invalid'],
  ['an ID token signed with the public key as a secret', { signature: 'hmac-of-public-key' }, 'invalid'],
  ['another issuer', { claims: (all) => ({ ...all, iss: 'https://other.example' }) }, 'invalid'],
  ['another audience', { claims: (all) => ({ ...all, aud: 'other' }) }, 'invalid'],
  [
    'two audiences, and another client',
    { claims: (all) => ({ ...all, aud: ['accounts', 'b'], azp: 'b' }) },
    'invalid',
  ],
  ['another nonce', { claims: (all) => ({ ...all, nonce: 'other' }) }, 'invalid'],
  ['no nonce', { claims: ({ nonce: _nonce, ...all }) => all }, 'invalid'],
  ['no subject', { claims: ({ sub: _sub, ...all }) => all }, 'invalid'],
  ['an empty subject', { claims: (all) => ({ ...all, sub: '' }) }, 'invalid'],
  ['a subject of 256 characters', { claims: (all) => ({ ...all, sub: 'a'.repeat(256) }) }, 'invalid'],
  ['a subject that is a number', { claims: (all) => ({ ...all, sub: 1 }) }, 'invalid'],
  ['a subject with a line break', { claims: (all) => ({ ...all, sub: 'ada\n' }) }, 'invalid'],
  ['an expired ID token', { claims: (all) => ({ ...all, exp: all.iat - 60 }) }, 'invalid'],
  [
    'an ID token from the future',
    { claims: (all) => ({ ...all, iat: all.iat + 600, exp: all.iat + 900 }) },
    'invalid',
  ],
  [
    'the issuer of another provider in the redirect',
    { redirect: { iss: 'https://other.example' } },
    'invalid',
  ],
  ['an empty issuer in the redirect', { redirect: { iss: '' } }, 'invalid'],
  ['HTML as token answer', { token: ended(200, 'text/html', '<script>alert(1)</script>') }, 'invalid'],
  ['HTML that says it is JSON', { token: ended(200, 'application/json', '<html>') }, 'invalid'],
  [
    'a token answer without an ID token',
    { token: json({ access_token: 'a', token_type: 'bearer' }) },
    'invalid',
  ],
  ['an empty answer', { token: json({}) }, 'invalid'],
  ['a list', { token: json([]) }, 'invalid'],
  ['null', { token: ended(200, 'application/json', 'null') }, 'invalid'],
  ['an error of the standard', { token: json({ error: 'invalid_client' }, 400) }, 'refused'],
  ['a hostile error', { token: json({ error: '"}\n{"level":"error"' }, 400) }, 'refused'],
  ["GitHub's error with status 200", { token: json({ error: 'bad_verification_code' }) }, 'invalid'],
  ['too many requests', { token: json({ error: 'slow_down' }, 429) }, 'unavailable'],
  ['status 500', { token: ended(500, 'text/html', '<h1>Oops</h1>') }, 'unavailable'],
  [
    'a redirect',
    { token: (response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end() },
    'invalid',
  ],
  ['a cut connection', { token: (response) => void response.destroy() }, 'unavailable'],
  ['64 MB', { token: (response) => sendForever(response, 64) }, 'invalid'],
  ['an error that the user caused', { redirect: { error: 'access_denied' } }, 'cancelled'],
  ['an error of the provider', { redirect: { error: 'server_error' } }, 'unavailable'],
  ['an error with hostile text', { redirect: { error: '<img src=x>' } }, 'refused'],
]

/** Sends megabytes as a token answer, as fast as they are read. */
function sendForever(response: ServerResponse, megabytes: number): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  const send = (left: number): void => {
    if (left === 0 || response.destroyed) return void response.end()
    response.write('x'.repeat(1024 * 1024), () => send(left - 1))
  }
  send(megabytes)
}

test('providers: each wrong answer is one code, no session, and nothing is left behind', async () => {
  await using provider = await badProvider()
  await using app = await testApp({ settings: { providers: [provider.settings] } })
  provider.now = app.clock.now
  const outcomes: [string, string, unknown][] = []
  for (const [what, misbehaviour] of misbehaviours) {
    provider.misbehaviour = misbehaviour
    const browser = newBrowser(app)
    const page = await browser.open('/auth/bad/start')
    outcomes.push([what, pathOf(page), await tracesOf(app, browser)])
  }
  expect(outcomes).toEqual(
    misbehaviours.map(([what, , code]) => [what, `/login?provider-error=${code}`, nothing]),
  )
  expect(app.log.text).not.toMatch(/<script>|<img|Oops|a-client-secret/)
  // The correct answer of the same provider.
  provider.misbehaviour = {}
  expect(pathOf(await newBrowser(app).open('/auth/bad/start'))).toBe('/welcome')
})

// Each of these waits 5 seconds.
test.concurrent.each([
  ['hangs', (_response: ServerResponse) => undefined],
  ['drips', (response: ServerResponse) => drip(response)],
])('providers: one that %s is given up after 5 seconds', async (_what, token) => {
  await using provider = await badProvider()
  await using app = await testApp({ settings: { providers: [provider.settings] } })
  const timed = async (browser: Browser) => {
    const startedAt = performance.now()
    const page = await browser.open('/auth/bad/start')
    return { path: pathOf(page), ms: performance.now() - startedAt }
  }
  const usual = await timed(newBrowser(app))
  provider.misbehaviour = { token }
  const browser = newBrowser(app)
  const { path, ms } = await timed(browser)
  expect(path).toBe('/login?provider-error=unavailable')
  // On a busy machine everything takes longer.
  expect(ms).toBeLessThan(8_000 + 10 * usual.ms)
  expect(await tracesOf(app, browser)).toEqual(nothing)
})

function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  const timer = setInterval(() => response.write(' '), 100)
  response.once('close', () => clearInterval(timer))
}

const discoveries: [string, Misbehaviour, string][] = [
  ['hangs', { discover: () => undefined }, 'unavailable'],
  ['names another issuer', { discovery: (all) => ({ ...all, issuer: 'https://other.example' }) }, 'invalid'],
  ['is HTML', { discover: ended(200, 'text/html', '<html>') }, 'invalid'],
  ['is longer than 1 MB', { discover: (response) => sendForever(response, 2) }, 'invalid'],
  [
    'redirects',
    { discover: (response) => void response.writeHead(302, { location: '/x' }).end() },
    'invalid',
  ],
]

test.concurrent.each(discoveries)('providers: a discovery that %s', async (_what, misbehaviour, code) => {
  await using provider = await badProvider(misbehaviour)
  await using app = await testApp({ settings: { providers: [provider.settings] } })
  const start = () => newBrowser(app).open('/auth/bad/start').then(pathOf)
  expect(await start()).toBe(`/login?provider-error=${code}`)
  // The next clicks do not ask again for a while.
  const asked = provider.requests.length
  expect(await Promise.all([start(), start()])).toEqual(Array(2).fill(`/login?provider-error=${code}`))
  expect(provider.requests).toHaveLength(asked)
})

// A concurrent test polls by its `expect`: the global one may belong to no test.
test.concurrent('providers: a dead one does not slow a log-in by password', async ({ expect }) => {
  await using provider = await badProvider({ discover: () => undefined })
  await using app = await testApp({ settings: { providers: [provider.settings], limits: 'relaxed' } })
  await signUp(app, 'ada')
  const waiting = Array.from({ length: 60 }, () => newBrowser(app).open('/auth/bad/start'))
  await expect.poll(() => provider.requests.length).toBeGreaterThan(0)
  let isOver = false
  const over = Promise.all(waiting).then(() => (isOver = true))
  await app.newClient().auth.login.mutate({ username: 'ada', password })
  expect(isOver).toBe(false)
  await over
})

test.concurrent('providers: at most 20 requests to one are in progress', async () => {
  await using provider = await badProvider({ token: () => undefined })
  await using app = await testApp({ settings: { providers: [provider.settings] } })
  await Promise.all(Array.from({ length: 25 }, () => newBrowser(app).open('/auth/bad/start')))
  expect(provider.requests.filter((path) => path === '/token')).toHaveLength(20)
  const codes = app.log.lines.filter((line) => line['provider'] === 'bad').map((line) => line['code'])
  expect(codes.filter((code) => code === 'busy')).toHaveLength(5)
  expect(codes.filter((code) => code === 'timeout')).toHaveLength(20)
})

test('providers: 240 attempts in 10 minutes come from one address, and more read no session', async () => {
  await using provider = await badProvider()
  await using app = await testApp({ settings: { providers: [provider.settings] } })
  const locations = new Set<string>()
  for (let index = 0; index < rateLimits.identityAttemptsPerAddress.points; index += 1) {
    locations.add((await newBrowser(app).step('/auth/bad/start')).url.origin)
  }
  expect([...locations]).toEqual([provider.url])
  expect(pathOf(await newBrowser(app).step('/auth/bad/start'))).toBe('/login?provider-error=busy')

  const { browser } = await browserOf(app)
  await browser.query('account.me')
  using reads = watchReads(app)
  const elevation = '/auth/bad/start?purpose=elevate&redirectTo=/account'
  expect(pathOf(await browser.step(elevation))).toBe('/account?provider-error=busy')
  expect(reads.count()).toBe(0)
})
