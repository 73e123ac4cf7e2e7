import { identityAttemptMs } from '@app/contract'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { badProvider } from './bad-provider.ts'
import { homeOf, newBrowser, pathOf } from './browser.ts'

test('callbacks: an answer counts in its browser, for its provider, once, and in time', async () => {
  await using provider = await badProvider()
  await using other = await badProvider({}, 'other')
  await using app = await testApp({ settings: { providers: [provider.settings, other.settings] } })
  /** Goes as far as the redirect to the callback. */
  const begun = async () => {
    const browser = newBrowser(app)
    const start = await browser.step('/auth/bad/start')
    return { browser, callback: (await browser.step(start.url.href)).url.href }
  }
  const expired = '/login?provider-error=expired'

  const { browser, callback } = await begun()
  // In another browser, or in one that refused the cookie.
  expect(pathOf(await newBrowser(app).open(callback))).toBe('/login?provider-error=cookie-missing')
  const neighbour = await begun()
  expect(pathOf(await neighbour.browser.open(callback))).toBe(expired)
  // An attempt survives an answer that is not its own.
  expect(pathOf(await neighbour.browser.open(neighbour.callback))).toBe('/welcome')
  for (const wrong of [
    callback.replace(/code=\w+/, 'code=other').replace(/state=[\w-]+/, 'state=other'),
    callback.replace(/state=[\w-]+/, ''),
    `${callback}&state=second`,
    callback.replace('/auth/bad/', '/auth/other/'),
    callback.replace(/\?.*/, ''),
  ]) {
    expect([wrong, pathOf(await browser.open(wrong))]).toEqual([wrong, expired])
  }
  const cookies = browser.cookies()
  expect(pathOf(await browser.open(callback))).toBe('/welcome')
  // Reloaded, and with a copy of the cookie.
  expect(pathOf(await browser.open(callback))).toBe(expired)
  const thief = newBrowser(app)
  thief.setCookies([cookies])
  expect(pathOf(await thief.open(callback))).toBe('/login?provider-error=refused')

  const late = await begun()
  app.clock.advance(identityAttemptMs)
  expect(pathOf(await late.browser.open(late.callback))).toBe(expired)
  expect(await app.services.db.read.selectFrom('users').select('id').execute()).toEqual([])
})

test('callbacks: only GET uses an answer up, and another name has no pages', async () => {
  await using provider = await badProvider()
  await using app = await testApp({ settings: { providers: [provider.settings] } })
  const fetchOf = (path: string, init: RequestInit) =>
    fetch(homeOf(app) + path, { redirect: 'manual', headers: { 'sec-fetch-site': 'none' }, ...init })
  const asked = provider.requests.length
  expect((await fetchOf('/auth/bad/start', { method: 'HEAD' })).status).not.toBe(303)
  expect((await fetchOf('/auth/bad/callback', { method: 'POST' })).status).toBe(405)
  expect((await fetchOf('/auth/unknown/start', {})).status).toBe(503)
  expect((await fetchOf('/auth/%zz/start', {})).status).toBe(503)
  expect(provider.requests).toHaveLength(asked)
})

test('starts: other sites, other hosts and foreign paths', async () => {
  await using provider = await badProvider()
  await using app = await testApp({ settings: { providers: [provider.settings] } })
  const home = app.services.publicUrl()
  const locationOf = async (url: string, headers: Record<string, string> = { 'sec-fetch-site': 'none' }) =>
    (await fetch(url, { redirect: 'manual', headers })).headers.get('location')
  for (const site of ['cross-site', 'same-site']) {
    expect(await locationOf(`${home}/auth/bad/start`, { 'sec-fetch-site': site })).toBe('/login')
  }
  // The cookie would not reach the callback otherwise; once only, for proxies that change the host.
  const moved = `${home}/auth/bad/start?remember=1&moved=1`
  expect(await locationOf(`${app.url}/auth/bad/start?remember=1`)).toBe(moved)
  expect(await locationOf(`${app.url}/auth/bad/start?moved=1`)).toContain(`${provider.url}/authorize`)
  for (const path of [
    '//evil.example',
    'https://evil.example/',
    '/\\evil.example',
    '/nowhere',
    '/login%0a',
    '/.//',
    '/account/..//?evil.example',
  ]) {
    const browser = newBrowser(app)
    const page = await browser.open(`/auth/bad/start?redirectTo=${encodeURIComponent(path)}`)
    expect([path, pathOf(page)]).toEqual([path, '/welcome'])
  }
  const address = new URL((await locationOf(`${home}/auth/bad/start`)) ?? '')
  expect(Object.fromEntries(address.searchParams)).toEqual({
    client_id: 'accounts',
    redirect_uri: `${home}/auth/bad/callback`,
    response_type: 'code',
    scope: 'openid profile email',
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
  })
})

// Browsers send it to https and localhost only (Fetch Metadata).
test('starts: without Sec-Fetch-Site only links of our own pages begin an attempt', async () => {
  await using provider = await badProvider()
  await using app = await testApp({ settings: { providers: [provider.settings] } })
  const home = app.services.publicUrl()
  const placeOf = async (headers: Record<string, string>) => {
    const answer = await fetch(`${home}/auth/bad/start`, { redirect: 'manual', headers })
    return answer.headers.get('location')?.replace(/\?.*/, '')
  }
  for (const headers of [
    {},
    { referer: 'https://evil.example/login' },
    { referer: `${home}.evil.example/login` },
    { referer: `${home}@evil.example/login` },
    { referer: 'null' },
    { referer: `${home}/login`, 'sec-fetch-site': 'cross-site' },
  ] as Record<string, string>[])
    expect([headers, await placeOf(headers)]).toEqual([headers, '/login'])
  expect(await placeOf({ referer: `${home}/login` })).toBe(`${provider.url}/authorize`)
  expect(await placeOf({ 'sec-fetch-site': 'none' })).toBe(`${provider.url}/authorize`)
})
