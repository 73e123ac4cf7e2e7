import { sudoWindowMs } from '@app/contract'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { runBeforeNextWrite } from '../support/delay-writes.ts'
import { reasonIn } from '../support/raw-call.ts'
import { giveSecondFactor, lowerSessions, raiseSessions } from '../support/second-factor.ts'
import { badProvider } from './bad-provider.ts'
import { newBrowser, pathOf } from './browser.ts'
import { gitHubServer, linkGitHubUser } from './github-server.ts'
import type { GitHubServer } from './github-server.ts'
import { browserOf, link } from './linked-browser.ts'
import { registered } from './registered.ts'

/** A session that is too old for sudo. */
async function agedBrowser(app: TestApp, github: GitHubServer) {
  const user = await browserOf(app)
  await linkGitHubUser(app, { userId: user.id, github })
  app.clock.advance(sudoWindowMs + 1)
  return user
}

test('elevation: a linked identity confirms the user, and no other one does', async () => {
  await using github = await gitHubServer()
  await using app = await testApp({ settings: { providers: [github.settings] } })
  const { browser } = await agedBrowser(app, github)
  const start = '/auth/github/start?purpose=elevate&redirectTo=/account/data'
  const own = github.user
  github.user = { ...own, id: 2 }
  expect(pathOf(await browser.open(start))).toBe('/account/data?provider-error=not-linked')
  const refused = await browser.call('identities.link', { provider: 'github' })
  expect(refused.text).toContain('"methods":["password","oidc"]')
  github.user = own
  expect(pathOf(await browser.open(start))).toBe('/account/data')
  expect(reasonIn(await browser.call('identities.link', { provider: 'github' }))).toBeUndefined()
  expect((await browser.query('auth.session')).text).toContain('"methods":["pwd","oidc"],"level":1')
  // Nothing to confirm without a session.
  expect(pathOf(await newBrowser(app).open(start))).toBe('/login?provider-error=session-ended')
})

test('elevation: an identity does not replace the second factor', async () => {
  await using github = await gitHubServer()
  await using app = await testApp({ settings: { providers: [github.settings] } })
  const { browser, id } = await agedBrowser(app, github)
  await giveSecondFactor(app, id)
  expect(pathOf(await browser.open('/auth/github/start?purpose=elevate'))).toBe(
    '/?provider-error=confirm-first',
  )
  expect(reasonIn(await browser.call('identities.link', { provider: 'github' }))).toBe('REAUTH_REQUIRED')
})

test('elevation: neither confirms nor links for a session that falls to level 1 meanwhile', async () => {
  await using github = await gitHubServer()
  await using app = await testApp({ settings: { providers: [github.settings] } })
  const { browser, id } = await agedBrowser(app, github)
  await raiseSessions(app, id)
  const elevating = (await browser.step('/auth/github/start?purpose=elevate')).url.href
  const callback = (await browser.step(elevating)).url.href
  runBeforeNextWrite(app, () => lowerSessions(app, id))
  expect(pathOf(await browser.open(callback))).toBe('/?provider-error=confirm-first')

  await raiseSessions(app, id)
  expect(pathOf(await browser.open('/auth/github/start?purpose=elevate'))).toBe('/')
  github.user = { ...github.user, id: 2 }
  runBeforeNextWrite(app, () => lowerSessions(app, id))
  expect(await link(browser, 'github')).toBe('/account?provider-error=confirm-first')
})

test('elevation: a real provider asks its user again', async () => {
  await using set = await registered()
  const { browser } = await browserOf(set.app)
  await link(browser, 'acme')
  const asked = new URL((await browser.step('/auth/acme/start?purpose=elevate')).url.href)
  expect(Object.fromEntries(asked.searchParams)).toMatchObject({ prompt: 'login', max_age: '0' })
  expect(pathOf(await browser.open('/auth/acme/start?purpose=elevate'))).toBe('/')
})

test('elevation: a provider must say that its user has just logged in', async () => {
  await using provider = await badProvider()
  await using app = await testApp({ settings: { providers: [provider.settings] } })
  provider.now = app.clock.now
  const { browser } = await browserOf(app)
  expect(await link(browser, 'bad')).toBe('/account')
  const elevate = async (claims: object) => {
    provider.misbehaviour = { claims: (all) => ({ ...all, ...claims }) }
    return pathOf(await browser.open('/auth/bad/start?purpose=elevate'))
  }
  expect(await elevate({})).toBe('/?provider-error=invalid')
  // The client of the provider compares it with the machine's clock.
  const now = () => Math.floor(Date.now() / 1_000)
  expect(await elevate({ auth_time: now() - 3_600 })).toBe('/?provider-error=invalid')
  expect(await elevate({ auth_time: now() })).toBe('/')
})

test('elevation: the user may take minutes at the provider after the log-in there', async () => {
  await using provider = await badProvider()
  await using app = await testApp({ settings: { providers: [provider.settings] } })
  provider.now = app.clock.now
  const { browser } = await browserOf(app)
  await link(browser, 'bad')
  /** Returns from the provider 5 minutes after the start. */
  const returnLate = async (loggedInSecondsAgo: number) => {
    const asked = (await browser.step('/auth/bad/start?purpose=elevate')).url.href
    app.clock.advance(5 * 60_000)
    const time = Math.floor(Date.now() / 1_000) - loggedInSecondsAgo
    provider.misbehaviour = { claims: (all) => ({ ...all, auth_time: time }) }
    return pathOf(await browser.open(asked))
  }
  expect(await returnLate(4 * 60)).toBe('/')
  // A log-in from before the start proves nothing.
  expect(await returnLate(6 * 60)).toBe('/?provider-error=invalid')
})
