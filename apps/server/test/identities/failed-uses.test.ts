import { rateLimits } from '@app/contract'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { auditRows, eventsOf } from '../support/audit-rows.ts'
import { homeOf, newBrowser, pathOf } from './browser.ts'
import type { Browser } from './browser.ts'
import { gitHubServer, linkGitHubUser } from './github-server.ts'
import { browserOf, link } from './linked-browser.ts'

const elevation = '/auth/github/start?purpose=elevate'

async function lastEvent(app: TestApp) {
  const { event, actor_id: actor, subject, detail } = (await auditRows(app)).at(-1) ?? {}
  return { event, actor, subject, detail: JSON.parse(detail ?? '{}') as unknown }
}

describeOnEach('failed uses of an identity are in the audit log', (databaseKind) => {
  test('a confirmation by an identity that is not linked', async () => {
    await using github = await gitHubServer()
    await using app = await testApp({ databaseKind, settings: { providers: [github.settings] } })
    const { browser, id } = await browserOf(app)
    app.clock.advance(1)
    expect(pathOf(await browser.open(elevation))).toBe('/?provider-error=not-linked')
    const detail = { method: 'oidc', provider: 'github', reason: 'not-linked' }
    expect(await lastEvent(app)).toEqual({ event: 'elevation-failed', actor: id, subject: id, detail })
  })

  test('a link of an identity of another account', async () => {
    await using github = await gitHubServer()
    await using app = await testApp({ databaseKind, settings: { providers: [github.settings] } })
    const [ada, bob] = [await browserOf(app), await browserOf(app)]
    await link(ada.browser, 'github')
    app.clock.advance(1)
    expect(await link(bob.browser, 'github')).toBe('/account?provider-error=identity-taken')
    const detail = { provider: 'github', reason: 'identity-taken' }
    const { id } = bob
    expect(await lastEvent(app)).toEqual({ event: 'identity-link-failed', actor: id, subject: id, detail })
  })

  test('a log-in of a disabled user', async () => {
    await using github = await gitHubServer()
    await using app = await testApp({ databaseKind, settings: { providers: [github.settings] } })
    const { id } = await browserOf(app)
    await linkGitHubUser(app, { userId: id, github })
    await app.services.db.write((tx) =>
      tx.updateTable('users').set({ disabled_at: app.clock.now() }).where('id', '=', id).execute(),
    )
    app.clock.advance(1)
    const page = await newBrowser(app).open('/auth/github/start')
    expect(pathOf(page)).toBe('/login?provider-error=account-disabled')
    const detail = { method: 'oidc', provider: 'github' }
    expect(await lastEvent(app)).toEqual({ event: 'login-failed', actor: null, subject: id, detail })
  })
})

test('failed uses of an identity: an answer that the provider refuses, and none that the user cancelled', async () => {
  await using github = await gitHubServer()
  await using app = await testApp({ settings: { providers: [github.settings] } })
  const { browser, id } = await browserOf(app)
  await linkGitHubUser(app, { userId: id, github })
  app.clock.advance(1)
  const callback = async () => (await browser.step((await browser.step(elevation)).url.href)).url.href
  const cancelled = (await callback()).replace(/code=\w+/, 'error=access_denied')
  expect(pathOf(await browser.open(cancelled))).toBe('/?provider-error=cancelled')
  expect((await auditRows(app)).map(({ event }) => event)).toEqual(['signup'])
  const forged = (await callback()).replace(/code=\w+/, 'code=other')
  expect(pathOf(await browser.open(forged))).toBe('/?provider-error=refused')
  const detail = { method: 'oidc', provider: 'github', reason: 'refused' }
  expect(await lastEvent(app)).toEqual({ event: 'elevation-failed', actor: id, subject: id, detail })
})

/** Opens the callback again and again with the cookies of one attempt, each time from another address. */
async function refuse(app: TestApp, browser: Browser, { state, times }: { state: string; times: number }) {
  const cookie = browser.cookies()
  for (let count = 0; count < times; count += 1) {
    const response = await fetch(`${homeOf(app)}/auth/github/callback?state=${state}&error=invalid_request`, {
      headers: { cookie, 'x-forwarded-for': `198.51.${count}.1` },
      redirect: 'manual',
    })
    expect(response.headers.get('location')).toMatch('provider-error=refused')
  }
}

describeOnEach('refused callbacks from changing addresses', (databaseKind) => {
  test('leave 50 events of an account a day', async () => {
    await using github = await gitHubServer()
    const options = { host: { trustProxy: 1 }, settings: { providers: [github.settings] } }
    await using app = await testApp({ databaseKind, ...options })
    const [ada, bob] = [await browserOf(app), await browserOf(app)]
    const { points } = rateLimits.auditedCallsPerUser
    for (const { browser } of [ada, bob]) {
      const state = (await browser.step(elevation)).url.searchParams.get('state') ?? ''
      const written = await eventsOf(app, () => refuse(app, browser, { state, times: points + 10 }))
      expect(written).toEqual(Array(points).fill('elevation-failed'))
    }
    const answer = await ada.browser.call('identities.link', { provider: 'github', redirectTo: '/account' })
    const state = /state=([\w-]+)/.exec(answer.text)?.[1] ?? ''
    expect(await eventsOf(app, () => refuse(app, ada.browser, { state, times: 2 }))).toEqual([])
  })
})
