import { bodyLimitBytes, failures, rateLimits } from '@app/contract'
import { describeOnEach } from '@app/router/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainForms } from '../../src/plain-pages/plain-forms.ts'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser, newUsername, password } from '../support/actors.ts'
import { eventsOf } from '../support/audit-rows.ts'
import { post } from '../support/raw-call.ts'
import { giveSecondFactor } from '../support/second-factor.ts'
import { messageIn, plainBrowser } from './plain-browser.ts'

const wrong = 'wrong horse battery'
const afterLogIn = '/plain?form=logged-in'

describeOnEach('pages without scripts', (databaseKind) => {
  test('sign up, show the account, log out and log in', async () => {
    await using app = await testApp({ databaseKind })
    const browser = plainBrowser(app.url)
    const username = newUsername()
    expect((await browser.open('/plain')).location).toBe('/plain/login?form=log-in')
    expect(messageIn((await browser.open('/plain/login?form=log-in')).html)).toBe('Log in to continue.')
    expect((await browser.open('/plain/signup')).html).toContain(
      '<form class="app-early-form" method="post" action="/plain/signup">',
    )

    const common = await browser.submit('/plain/signup', { username, password: 'password1' })
    expect([common.status, messageIn(common.html)]).toEqual([
      400,
      'This password is common and easy to guess. Choose another one.',
    ])
    expect(common.html).toContain(`value="${username}"`)
    expect(common.html).not.toContain('password1')
    const signedUp = await browser.submit('/plain/signup', { username, password, email: ' ' })
    expect([signedUp.status, signedUp.location]).toEqual([303, afterLogIn])
    expect((await browser.open('/plain')).html).toContain(`<dt>User name</dt><dd>${username}</dd>`)

    expect((await browser.open('/log_out')).html).toContain(
      '<form class="app-early-form" method="post" action="/log_out">',
    )
    const loggedOut = await browser.submit('/log_out', { plain: '1' })
    expect([loggedOut.status, loggedOut.location]).toEqual([303, '/plain/login?form=logged-out'])
    expect(messageIn((await browser.open('/plain/login?form=logged-out')).html)).toBe('You are logged out.')
    expect((await browser.open('/plain')).status).toBe(303)

    const events = await eventsOf(app, async () => {
      const refused = await browser.submit('/plain/login', { username, password: wrong })
      expect([refused.status, messageIn(refused.html)]).toEqual([401, failures.INVALID_CREDENTIALS.text])
      for (const typed of [username, wrong]) expect(refused.html).not.toContain(typed)
      const loggedIn = await browser.submit('/plain/login', { username, password, remember: 'on' })
      expect([loggedIn.status, loggedIn.location]).toEqual([303, afterLogIn])
      expect(loggedIn.headers.getSetCookie().join()).toMatch(/session=[^;]+; Max-Age=\d/)
    })
    expect(events).toEqual(['login-failed', 'login'])
    expect((await browser.open('/plain')).status).toBe(200)
  })

  test('an account with a second factor needs a code', async () => {
    await using app = await testApp({ databaseKind })
    const browser = plainBrowser(app.url)
    const { id, username } = await newUser(app)
    const code = await giveSecondFactor(app, id)
    const direct = await browser.submit('/plain/second-step', { method: 'recovery', code })
    expect([direct.status, direct.location]).toEqual([303, '/plain/login?form=no-cookie'])
    const first = await browser.submit('/plain/login', { username, password })
    expect([first.status, first.location]).toEqual([303, '/plain/second-step'])
    expect((await browser.open('/plain')).status).toBe(303)
    const unknown = await browser.submit('/plain/second-step', { method: 'passkey', code })
    expect(unknown.status).toBe(400)
    const refused = await browser.submit('/plain/second-step', { method: 'recovery', code: 'A'.repeat(24) })
    expect([refused.status, messageIn(refused.html)]).toEqual([401, failures.CODE_INVALID.text])
    const second = await browser.submit('/plain/second-step', { method: 'recovery', code })
    expect([second.status, second.location]).toEqual([303, afterLogIn])
    expect((await browser.open('/plain')).html).toContain(username)
  })

  test('forms share the limit of failed log-ins with /trpc', async () => {
    await using app = await testApp({ databaseKind })
    const browser = plainBrowser(app.url)
    for (let index = 0; index < rateLimits.loginFailuresPerAddress.points; index += 1) {
      const username = `user-${index}`
      const answer =
        index % 2 === 0
          ? await browser.submit('/plain/login', { username, password: wrong })
          : await post(app.url, 'auth.login', { username, password: wrong })
      expect(answer.status).toBe(401)
    }
    const limited = await browser.submit('/plain/login', { username: 'user', password })
    const direct = await post(app.url, 'auth.login', { username: 'user', password })
    expect([limited.status, direct.status]).toEqual([429, 429])
    // A second may begin between the two.
    const [first, second] = [limited, direct].map(({ headers }) => Number(headers.get('retry-after')))
    expect([first, (first ?? 0) - 1]).toContain(second)
    expect(messageIn(limited.html)).toMatch(/^Too many attempts\. Try again in /)
  })

  test('an ended session leads to the log-in page', async () => {
    await using app = await testApp({ databaseKind })
    const browser = plainBrowser(app.url)
    const { api, cookie } = await newUser(app)
    await api.auth.logout.mutate()
    const answer = await browser.request('/plain', { headers: { cookie } })
    expect([answer.status, answer.location]).toEqual([303, '/plain/login?form=ended'])
  })
})

// Browsers send `Sec-Fetch-Site` to https and localhost only, and hide the origin by `no-referrer`.
test('forms work on plain http, where browsers send no Sec-Fetch-Site', async () => {
  await using app = await testApp()
  const { username } = await newUser(app)
  const browser = plainBrowser(app.url)
  const submit = async (path: string, fields: Record<string, string>) => {
    const page = await browser.open(path)
    const isHidden = page.headers.get('referrer-policy') === 'no-referrer'
    return browser.submit(path, fields, { origin: isHidden ? 'null' : app.url })
  }
  expect((await submit('/plain/login', { username, password: wrong })).status).toBe(401)
  expect((await submit('/plain/login', { username, password })).location).toBe(afterLogIn)
  expect((await browser.open('/plain')).html).toContain(username)
  expect((await submit('/log_out', { plain: '1' })).status).toBe(303)
})

test('the tutorials’ addresses lead to the pages', async () => {
  await using app = await testApp()
  const browser = plainBrowser(app.url)
  expect((await browser.open('/log_in')).location).toBe('/login')
  expect((await browser.open('/sign_up')).location).toBe('/signup')
  const username = newUsername()
  expect((await browser.submit('/sign_up', { username, password })).location).toBe(afterLogIn)
  expect((await browser.submit('/log_out', {})).location).toBe('/login?form=logged-out')
  expect((await browser.submit('/log_in', { username, password })).location).toBe(afterLogIn)
})

test('/log_out: a GET changes nothing, a DELETE ends the session', async () => {
  await using app = await testApp()
  const { cookie, api } = await newUser(app)
  const browser = plainBrowser(app.url)
  const events = await eventsOf(app, async () => {
    for (const method of ['GET', 'HEAD']) await browser.request('/log_out', { method, headers: { cookie } })
  })
  expect(events).toEqual([])
  expect(await api.account.me.query()).toBeDefined()
  const headers = { cookie, 'content-type': 'application/json', 'x-origin': 'client' }
  const answer = await browser.request('/log_out', { method: 'DELETE', headers })
  expect([answer.status, answer.location]).toEqual([303, '/login?form=logged-out'])
  expect(await api.auth.session.query()).toBeNull()
})

test.each([...plainForms.keys()])('%s is refused when another site submits it', async (path) => {
  await using app = await testApp({ host: { allowedOrigins: ['https://app.example.org'] } })
  const { cookie } = await newUser(app)
  const browser = plainBrowser(app.url)
  const fields = { username: newUsername(), password, method: 'recovery', code: 'A'.repeat(24) }
  const events = await eventsOf(app, async () => {
    for (const headers of [
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
      { origin: 'null', 'sec-fetch-site': 'none' },
      { origin: 'https://app.example.org.evil.example', 'sec-fetch-site': 'cross-site' },
      { origin: 'http://localhost:2', 'sec-fetch-site': 'same-site' },
    ]) {
      for (const method of path === '/log_out' ? ['POST', 'DELETE'] : ['POST']) {
        const answer = await browser.request(path, { method, fields, headers: { cookie, ...headers } })
        expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []])
        expect(answer.html).toContain(failures.CROSS_ORIGIN.text)
      }
    }
  })
  expect(events).toEqual([])
})

test('pages without scripts: bounded bodies, no other methods, no markup of a user, no cache', async () => {
  await using app = await testApp()
  const browser = plainBrowser(app.url)
  const markup = '"><script>alert(1)</script>'
  const refused = await browser.submit('/plain/signup', { username: markup, email: markup, password })
  expect(refused.status).toBe(400)
  expect(refused.html).not.toContain('<script')
  expect(refused.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
  )
  const large = await browser.submit('/plain/login', { username: 'x'.repeat(bodyLimitBytes), password })
  expect(large.status).toBe(413)
  for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/json']) {
    const headers = { 'content-type': type }
    expect((await browser.request('/plain/login', { fields: {}, headers })).status).toBe(415)
  }
  for (const [path, allowed] of [
    ['/plain', 'GET, HEAD'],
    ['/plain/login', 'GET, HEAD, POST'],
    ['/log_out', 'GET, HEAD, POST, DELETE'],
  ] as const) {
    const answer = await browser.request(path, { method: 'PUT' })
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, allowed])
    const head = await browser.request(path, { method: 'HEAD' })
    expect([head.html, head.headers.get('cache-control')]).toEqual(['', 'no-store'])
  }
  for (const path of ['/plain/', '/plain/nothing', '/Log_Out', '/log_out/'])
    expect((await browser.open(path)).html).not.toContain('<form')
  expect((await browser.open('/plain/login?form=__proto__')).status).toBe(200)
})

const forms = fc.constantFrom(...[...plainForms.keys()].filter((path) => path !== '/log_out'))
const bodies = fc.oneof(
  fc.webQueryParameters(),
  fc.string({ maxLength: 300 }),
  fc
    .array(
      fc.tuple(
        fc.constantFrom('username', 'password', 'email', 'remember', 'method', 'code', '__proto__', 'plain'),
        fc.string({ maxLength: 300, unit: 'binary' }),
      ),
      { maxLength: 8 },
    )
    .map((fields) =>
      new URLSearchParams(
        fields.map(([name, value]): [string, string] => [name, value.toWellFormed()]),
      ).toString(),
    ),
)

test('any form body gets a bounded page or a redirect to our own pages', async () => {
  await using app = await testApp({ settings: { limits: 'relaxed' } })
  await fc.assert(
    fc.asyncProperty(forms, bodies, async (path, body) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const response = await fetch(app.url + path, { method: 'POST', body, headers, redirect: 'manual' })
      expect([303, 400, 401, 403, 409, 429, 503]).toContain(response.status)
      expect((await response.text()).length).toBeLessThan(8_000)
      expect(response.headers.get('location') ?? '/plain').toMatch(
        /^\/plain(?:\/login\?form=no-cookie|\/reset-password\?form=mail-requested)?$/,
      )
    }),
    { numRuns: 200, seed: 20_260_101 },
  )
})
