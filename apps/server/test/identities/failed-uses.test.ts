import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { auditRows } from '../support/audit-rows.ts'
import { newBrowser, pathOf } from './browser.ts'
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
