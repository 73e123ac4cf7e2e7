import { describeOnEach, everyRow } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestAppOptions } from '../../src/testing/test-app.ts'
import { signUp } from '../support/actors.ts'
import { newBrowser, pathOf } from './browser.ts'
import { gitHubServer } from './github-server.ts'
import type { GitHubServer } from './github-server.ts'
import { userIn } from './linked-browser.ts'

function appOf(github: GitHubServer, settings: TestAppOptions['settings'] = {}, more: TestAppOptions = {}) {
  return testApp({ ...more, settings: { providers: [github.settings], ...settings } })
}

describeOnEach('GitHub', (databaseKind) => {
  test('the numeric id is the identity: a renamed login stays, a reused one is a stranger', async () => {
    await using github = await gitHubServer()
    await using app = await appOf(github, {}, { databaseKind })
    const browser = newBrowser(app)
    expect(pathOf(await browser.open('/auth/github/start'))).toBe('/welcome')
    expect((await browser.query('identities.pending')).text).toContain('"username":"octocat","isFixed":false')
    await browser.call('auth.identitySignup', { username: 'ada' })
    const original = github.user
    github.user = { ...original, login: 'renamed' }
    const renamed = newBrowser(app)
    await renamed.open('/auth/github/start')
    expect(await userIn(renamed)).toBe('ada')
    expect((await renamed.query('identities.list')).text).toContain('"name":"renamed"')
    github.user = { ...original, id: 2 }
    expect(pathOf(await newBrowser(app).open('/auth/github/start'))).toBe('/welcome')
  })

  test('USERNAME_FROM=github: the login is the user name, without a question', async () => {
    await using github = await gitHubServer()
    await using app = await appOf(github, { usernameFrom: 'github' }, { databaseKind })
    github.user = { ...github.user, login: 'Octo-Cat' }
    const browser = newBrowser(app)
    expect(pathOf(await browser.open('/auth/github/start?redirectTo=/account'))).toBe('/account')
    expect(await userIn(browser)).toBe('octo-cat')
    expect((await browser.query('auth.session')).text).toContain('"name":"The Octocat"')
    const again = newBrowser(app)
    await again.open('/auth/github/start')
    expect(await userIn(again)).toBe('octo-cat')
    expect(await app.services.db.read.selectFrom('users').select('id').execute()).toHaveLength(1)
  })
})

test('USERNAME_FROM=github: a name that is taken or impossible is a clear failure', async () => {
  await using github = await gitHubServer()
  await using app = await appOf(github, { usernameFrom: 'github' })
  await signUp(app, 'octocat')
  const outcomeOf = async (login: string) => {
    github.user = { ...github.user, login }
    const browser = newBrowser(app)
    return [pathOf(await browser.open('/auth/github/start')), browser.cookies()]
  }
  expect(await outcomeOf('OctoCat')).toEqual(['/login?provider-error=username-taken', ''])
  for (const login of ['admin', 'x', 'x'.repeat(33), '-octocat']) {
    expect([login, ...(await outcomeOf(login))]).toEqual([
      login,
      '/login?provider-error=username-invalid',
      '',
    ])
  }
  expect(await app.services.db.read.selectFrom('identities').select('id').execute()).toEqual([])
})

test('USERNAME_FROM=github: an invited user keeps the name of GitHub too', async () => {
  await using github = await gitHubServer()
  await using app = await appOf(github, { usernameFrom: 'github', signup: 'invite' })
  const browser = newBrowser(app)
  expect(pathOf(await browser.open('/auth/github/start'))).toBe('/welcome')
  expect((await browser.query('identities.pending')).text).toContain('"username":"octocat","isFixed":true')
  app.services.settings.signup = 'open'
  await browser.call('auth.identitySignup', { username: 'another' })
  expect(await userIn(browser)).toBe('octocat')
})

test.each([
  ['no id', { login: 'octocat' }],
  ['an id that is a text', { id: '583231', login: 'octocat' }],
  ['an id of 0', { id: 0, login: 'octocat' }],
  ['an id beyond whole numbers', { id: 1e300, login: 'octocat' }],
  ['no login', { id: 1 }],
  ['a login with a line break', { id: 1, login: 'octo\ncat' }],
  ['a list', []],
])('GitHub: a user with %s is no identity', async (_what, user) => {
  await using github = await gitHubServer()
  await using app = await appOf(github)
  // Sound: what is sent is the test.
  github.user = user as typeof github.user
  const browser = newBrowser(app)
  expect(pathOf(await browser.open('/auth/github/start'))).toBe('/login?provider-error=invalid')
  expect(browser.cookies()).toBe('')
})

test('GitHub: its access token stays on the server, and is not kept', async () => {
  await using github = await gitHubServer()
  await using app = await appOf(github)
  const browser = newBrowser(app)
  await browser.open('/auth/github/start')
  const pending = await browser.query('identities.pending')
  await browser.call('auth.identitySignup', { username: 'ada' })
  const rows = [...(await everyRow(app.databaseUrl)).values()].flat().join('')
  for (const text of [pending.text, browser.cookies(), app.log.text, rows])
    expect(text).not.toContain('gho_1')
  expect(rows).toContain('octocat')
})

test('GitHub: an error with status 200 is logged by its name', async () => {
  await using github = await gitHubServer()
  await using app = await appOf(github)
  const browser = newBrowser(app)
  const start = await browser.step('/auth/github/start')
  const callback = (await browser.step(start.url.href)).url.href.replace(/code=\w+/, 'code=wrong')
  expect(pathOf(await browser.open(callback))).toBe('/login?provider-error=refused')
  expect(app.log.lines).toContainEqual(
    expect.objectContaining({ provider: 'github', reason: 'refused', code: 'bad_verification_code' }),
  )
  const asked = start.url.searchParams
  expect([asked.get('code_challenge_method'), asked.has('scope'), asked.has('nonce')]).toEqual([
    'S256',
    false,
    false,
  ])
})
