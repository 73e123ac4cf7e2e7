import { sudoWindowMs, userLimits } from '@app/contract'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser, password, signUp } from '../support/actors.ts'
import { auditRows } from '../support/audit-rows.ts'
import { newRecoverySecret } from '../support/new-recovery-secret.ts'
import { queuedMails } from '../support/queued-mails.ts'
import { reasonIn } from '../support/raw-call.ts'
import { giveSecondFactor } from '../support/second-factor.ts'
import { badProvider } from './bad-provider.ts'
import { newBrowser, pathOf } from './browser.ts'
import { gitHubServer, linkGitHubUser } from './github-server.ts'
import { browserOf, link, linkedIds, userIn } from './linked-browser.ts'
import { registered } from './registered.ts'

describeOnEach('linked identities', (databaseKind) => {
  test('a user links one under sudo, logs in with it, and unlinks it', async () => {
    await using set = await registered({ databaseKind })
    const { app } = set
    const { browser, id, username } = await browserOf(app)
    app.clock.advance(1)
    expect(await link(browser, 'acme')).toBe('/account')
    // Again changes nothing.
    expect(await link(browser, 'acme')).toBe('/account')
    const [identity, ...others] = await linkedIds(browser)
    expect(others).toEqual([])
    app.clock.advance(1)
    const other = newBrowser(app)
    expect(pathOf(await other.open('/auth/acme/start'))).toBe('/')
    expect(await userIn(other)).toBe(username)

    app.clock.advance(1)
    expect((await browser.call('identities.unlink', { id: identity })).text).toBe(
      '{"result":{"data":{"endedSessions":1}}}',
    )
    expect(await userIn(other)).toBeUndefined()
    expect(pathOf(await newBrowser(app).open('/auth/acme/start'))).toBe('/welcome')
    const events = await auditRows(app)
    expect(events.map(({ event }) => event)).toEqual([
      'signup',
      'identity-linked',
      'login',
      'identity-unlinked',
    ])
    expect(events.at(-1)).toMatchObject({
      actor_id: id,
      subject: id,
      detail: '{"provider":"acme","endedSessions":1}',
    })
  })

  test('unlinking ends the sessions that the identity opened, unless the user keeps them', async () => {
    await using set = await registered({ databaseKind })
    const { app } = set
    const { browser, username } = await browserOf(app)
    const unlink = async (choice: object) => {
      await link(browser, 'acme')
      const other = newBrowser(app)
      await other.open('/auth/acme/start')
      const [id] = await linkedIds(browser)
      const { text } = await browser.call('identities.unlink', { id, ...choice })
      return { text, user: await userIn(other) }
    }
    const kept = await unlink({ endOtherSessions: false })
    expect(kept).toEqual({ text: '{"result":{"data":{"endedSessions":0}}}', user: username })
    expect(await unlink({})).toEqual({ text: '{"result":{"data":{"endedSessions":2}}}', user: undefined })
    expect(await userIn(browser)).toBe(username)
  })

  test('an identity belongs to one account', async () => {
    await using set = await registered({ databaseKind })
    const [ada, bob] = [await browserOf(set.app), await browserOf(set.app)]
    await link(ada.browser, 'acme')
    expect(await link(bob.browser, 'acme')).toBe('/account?provider-error=identity-taken')
    expect(await linkedIds(bob.browser)).toEqual([])
    expect(await linkedIds(ada.browser)).toHaveLength(1)
  })

  test('of 8 accounts that link one identity at once, one gets it', async () => {
    await using github = await gitHubServer()
    await using app = await testApp({
      databaseKind,
      settings: { providers: [github.settings], limits: 'relaxed' },
    })
    const users = await Promise.all(Array.from({ length: 8 }, () => browserOf(app)))
    const pages = await Promise.all(users.map(({ browser }) => link(browser, 'github')))
    expect(pages.toSorted()).toEqual([
      '/account',
      ...Array.from({ length: 7 }, () => '/account?provider-error=identity-taken'),
    ])
    expect(await app.services.db.read.selectFrom('identities').select('id').execute()).toHaveLength(1)
  })

  test('the last way in stays, also when two are removed at once', async () => {
    await using github = await gitHubServer()
    await using app = await testApp({ databaseKind, settings: { providers: [github.settings] } })
    const browser = newBrowser(app)
    await browser.open('/auth/github/start')
    await browser.call('auth.identitySignup', { username: 'ada' })
    const [first] = await linkedIds(browser)
    expect(reasonIn(await browser.call('identities.unlink', { id: first }))).toBe('LAST_WAY_IN')
    github.user = { ...github.user, id: 2, login: 'second' }
    expect(await link(browser, 'github')).toBe('/account')
    const ids = await linkedIds(browser)
    const answers = await Promise.all(ids.map((id) => browser.call('identities.unlink', { id })))
    expect(answers.map((answer) => reasonIn(answer) ?? 'ok').toSorted()).toEqual(['LAST_WAY_IN', 'ok'])
    expect(await linkedIds(browser)).toHaveLength(1)
  })
})

test('linking: mails the owner a notice when an identity is linked and when it is unlinked', async () => {
  await using github = await gitHubServer()
  await using app = await testApp({ settings: { providers: [github.settings] } })
  const { browser, id, username } = await browserOf(app)
  await link(browser, 'github')
  await link(browser, 'github')
  app.clock.advance(1)
  await browser.call('identities.unlink', { id: (await linkedIds(browser))[0] })
  const notices = (await queuedMails(app))
    .filter(({ kind }) => kind === 'notice')
    .map(({ request }) => request)
  const data = expect.objectContaining({ username, provider: 'GitHub', name: 'octocat' })
  expect(notices).toEqual([
    { userId: id, mail: 'identity-linked', data },
    { userId: id, mail: 'identity-unlinked', data },
  ])
})

test('linking: needs sudo, and the session that began it', async () => {
  await using github = await gitHubServer()
  await using app = await testApp({ settings: { providers: [github.settings] } })
  const { browser, id } = await browserOf(app)
  app.clock.advance(sudoWindowMs + 1)
  expect(reasonIn(await browser.call('identities.link', { provider: 'github' }))).toBe('REAUTH_REQUIRED')
  await browser.call('auth.elevate', { password })
  const begin = async () => {
    const { text } = await browser.call('identities.link', { provider: 'github' })
    const url = /"url":"([^"]+)"/.exec(text)?.[1] ?? ''
    return (await browser.step(url)).url.href
  }
  const first = await begin()
  // A second factor that was added meanwhile is asked for.
  await giveSecondFactor(app, id)
  expect(pathOf(await browser.open(first))).toBe('/?provider-error=confirm-first')
  await app.services.db.write((tx) => tx.deleteFrom('factors').execute())
  const second = await begin()
  await browser.call('auth.logout', {})
  expect(pathOf(await browser.open(second))).toBe('/?provider-error=session-ended')
  expect(await app.services.db.read.selectFrom('identities').select('id').execute()).toEqual([])
})

test('linking: another user of the browser does not get the identity', async () => {
  await using github = await gitHubServer()
  await using app = await testApp({ settings: { providers: [github.settings] } })
  const { browser } = await browserOf(app)
  const { text } = await browser.call('identities.link', { provider: 'github' })
  const callback = (await browser.step(/"url":"([^"]+)"/.exec(text)?.[1] ?? '')).url.href
  browser.setCookies([(await newUser(app)).cookie])
  expect(pathOf(await browser.open(callback))).toBe('/?provider-error=session-ended')
  expect(await app.services.db.read.selectFrom('identities').select('id').execute()).toEqual([])
})

test(`linking: at most ${userLimits.identities}`, async () => {
  await using github = await gitHubServer()
  await using app = await testApp({ settings: { providers: [github.settings] } })
  const { browser, id } = await browserOf(app)
  for (let index = 1; index <= userLimits.identities; index += 1) {
    github.user = { ...github.user, id: index }
    await linkGitHubUser(app, { userId: id, github })
  }
  github.user = { ...github.user, id: 1_000 }
  expect(await link(browser, 'github')).toBe('/account?provider-error=identity-limit')
})

test('linked identities: the same subject of another provider is another identity', async () => {
  await using provider = await badProvider()
  await using other = await badProvider({}, 'other')
  await using app = await testApp({ settings: { providers: [provider.settings, other.settings] } })
  const { browser, username } = await browserOf(app)
  expect(await link(browser, 'bad')).toBe('/account')
  const stranger = newBrowser(app)
  expect(pathOf(await stranger.open('/auth/other/start'))).toBe('/welcome')
  const owner = newBrowser(app)
  await owner.open('/auth/bad/start')
  expect(await userIn(owner)).toBe(username)
})

test('linked identities: one of a provider that is not offered any more is no way in', async () => {
  await using github = await gitHubServer()
  await using app = await testApp({ settings: { providers: [github.settings] } })
  const { browser, id } = await browserOf(app)
  await linkGitHubUser(app, { userId: id, github })
  app.services.settings.providers = []
  expect((await browser.query('identities.list')).text).toContain(
    '"label":"github","name":"octocat","canLogIn":false',
  )
  app.clock.advance(sudoWindowMs + 1)
  const refused = await browser.call('identities.unlink', { id: (await linkedIds(browser))[0] })
  expect(refused.text).toContain('"methods":["password"]')
})

test('linked identities: a recovery link ends sessions, and keeps the identities', async () => {
  await using github = await gitHubServer()
  await using app = await testApp({ settings: { providers: [github.settings] } })
  const { browser, username } = await browserOf(app)
  await link(browser, 'github')
  const secret = await newRecoverySecret(app, username)
  await app.api.recovery.reset.mutate({ secret, newPassword: 'a better battery' })
  expect(await userIn(browser)).toBeUndefined()
  const other = newBrowser(app)
  expect(pathOf(await other.open('/auth/github/start'))).toBe('/')
  expect(await userIn(other)).toBe(username)
})

test('linked identities: they end with the account, and are in its export', async () => {
  await using github = await gitHubServer()
  await using app = await testApp({ settings: { providers: [github.settings] } })
  const { browser, id } = await browserOf(app)
  await linkGitHubUser(app, { userId: id, github })
  const { text } = await browser.query('account.export')
  expect(text).toContain('"name":"octocat"')
  await browser.call('account.close', {})
  expect(await app.services.db.read.selectFrom('identities').select('id').execute()).toEqual([])
  expect(await signUp(app, 'ada')).toMatchObject({})
})
