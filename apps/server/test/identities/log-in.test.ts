import { identityAttemptMs } from '@app/contract'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { addAdmin } from '../support/actors.ts'
import { auditRows } from '../support/audit-rows.ts'
import { newInvitation } from '../support/new-invitation.ts'
import { reasonIn } from '../support/raw-call.ts'
import { giveSecondFactor } from '../support/second-factor.ts'
import { newBrowser, pathOf } from './browser.ts'
import type { Browser } from './browser.ts'
import { userIn } from './linked-browser.ts'
import { registered } from './registered.ts'

const ada = {
  sub: 'ada-1',
  preferred_username: 'Ada@Example.org',
  name: 'Ada Lovelace',
  email: 'Ada@example.org',
  email_verified: true,
}

const hasSession = (browser: Browser) => /(?:^|; )session=/.test(browser.cookies())

describeOnEach('outside identities', (databaseKind) => {
  test('a new user chooses a user name, and there is no account before', async () => {
    await using set = await registered({ databaseKind })
    const { app, provider } = set
    provider.account = ada
    const browser = newBrowser(app)
    expect(pathOf(await browser.open('/auth/acme/start?redirectTo=/account&remember=1'))).toBe(
      '/welcome?redirectTo=%2Faccount',
    )
    expect(hasSession(browser)).toBe(false)
    const pending = await browser.query('identities.pending')
    expect(JSON.parse(pending.text)).toEqual({
      result: {
        data: {
          provider: { name: 'acme', label: 'Acme' },
          username: 'ada',
          isFixed: false,
          name: 'Ada Lovelace',
          email: 'Ada@example.org',
        },
      },
    })
    expect(await app.services.db.read.selectFrom('users').select('id').execute()).toEqual([])

    const signedUp = await browser.call('auth.identitySignup', { username: 'lovelace', name: 'Ada' })
    expect(signedUp.text).toContain('"status":"signed-in"')
    expect(await userIn(browser)).toBe('lovelace')
    const session = await browser.query('auth.session')
    expect(session.text).toContain('"methods":["oidc"],"level":1')
    expect((await browser.query('identities.pending')).text).toBe('{"result":{"data":null}}')
    // The provider's word about an address proves nothing here.
    expect(session.text).toContain('"email":null')
    expect((await browser.query('identities.list')).text).toContain(
      '"name":"Ada@Example.org","canLogIn":true',
    )
    expect(await auditRows(app)).toMatchObject([{ event: 'signup', detail: '{"provider":"acme"}' }])
  })

  test('a known user is logged in, in any browser, and returns to the page', async () => {
    await using set = await registered({ databaseKind })
    const { app } = set
    await signUpAs(newBrowser(app), 'ada')
    app.clock.advance(1)
    const browser = newBrowser(app)
    const page = await browser.open('/auth/acme/start?redirectTo=/account/sessions')
    expect(pathOf(page)).toBe('/account/sessions')
    expect(await userIn(browser)).toBe('ada')
    expect(await auditRows(app)).toMatchObject([
      { event: 'signup' },
      { event: 'login', detail: '{"methods":"oidc"}' },
    ])
  })

  test('an account with a second factor gets no session before it', async () => {
    await using set = await registered({ databaseKind })
    const { app } = set
    const first = newBrowser(app)
    const id = await signUpAs(first, 'ada')
    const code = await giveSecondFactor(app, id)
    const browser = newBrowser(app)
    const page = await browser.open('/auth/acme/start?redirectTo=/account')
    expect(pathOf(page)).toBe('/login?secondFactor=otp%2Crecovery&redirectTo=%2Faccount')
    expect(hasSession(browser)).toBe(false)
    expect(reasonIn(await browser.query('account.me'))).toBe('UNAUTHENTICATED')
    const proof = { method: 'recovery', code }
    expect((await browser.call('auth.secondFactor', proof)).text).toContain('"status":"signed-in"')
    expect((await browser.query('auth.session')).text).toContain('"level":2')
  })

  test('of 8 sign-ups at once with one identity, one makes an account', async () => {
    await using set = await registered({ databaseKind, settings: { limits: 'relaxed' } })
    const { app } = set
    const browsers = Array.from({ length: 8 }, () => newBrowser(app))
    for (const browser of browsers) await browser.open('/auth/acme/start')
    const answers = await Promise.all(
      browsers.map((browser, index) => browser.call('auth.identitySignup', { username: `ada-${index}` })),
    )
    expect(answers.map((answer) => reasonIn(answer) ?? 'ok').toSorted()).toEqual([
      ...Array.from({ length: 7 }, () => 'IDENTITY_TAKEN'),
      'ok',
    ])
    expect(await app.services.db.read.selectFrom('users').select('id').execute()).toHaveLength(1)
  })
})

async function signUpAs(browser: Browser, username: string): Promise<string> {
  await browser.open('/auth/acme/start')
  const { text } = await browser.call('auth.identitySignup', { username })
  const id = /"id":"([^"]+)"/.exec(text)?.[1]
  if (id === undefined) throw new Error(text)
  return id
}

test('outside identities: a disabled user gets no session', async () => {
  await using set = await registered()
  const { app } = set
  const root = await addAdmin(app, 'root')
  const id = await signUpAs(newBrowser(app), 'ada')
  await root.api.users.setDisabled.mutate({ id, disabled: true })
  const browser = newBrowser(app)
  expect(pathOf(await browser.open('/auth/acme/start'))).toBe('/login?provider-error=account-disabled')
  expect(browser.cookies()).toBe('')
})

test('outside identities: a log-in that the user cancels at the provider shows a message and changes nothing', async () => {
  await using set = await registered()
  set.provider.account = null
  const browser = newBrowser(set.app)
  const page = await browser.open('/auth/acme/start?redirectTo=/account')
  expect(pathOf(page)).toBe('/login?redirectTo=%2Faccount&provider-error=cancelled')
  expect(browser.cookies()).toBe('')
  expect(set.app.log.text).not.toContain('<b>')
  expect(set.app.log.lines).toContainEqual(
    expect.objectContaining({ level: 'info', provider: 'acme', reason: 'cancelled', code: 'access_denied' }),
  )
})

test('outside identities: the setting SIGNUP applies', async () => {
  await using set = await registered({ settings: { signup: 'invite' } })
  const { app, provider } = set
  const browser = newBrowser(app)
  expect(pathOf(await browser.open('/auth/acme/start'))).toBe('/welcome')
  expect(reasonIn(await browser.call('auth.identitySignup', { username: 'ada' }))).toBe('INVITATION_REQUIRED')
  const { secret } = await newInvitation(app)
  const input = { username: 'ada', invitation: secret }
  expect(reasonIn(await browser.call('auth.identitySignup', input))).toBeUndefined()
  expect(await userIn(browser)).toBe('ada')

  app.services.settings.signup = 'closed'
  provider.account = { sub: 'bob' }
  const closed = newBrowser(app)
  expect(pathOf(await closed.open('/auth/acme/start'))).toBe('/login?provider-error=signup-closed')
  expect(closed.cookies()).toBe('')
})

test('outside identities: an address is never a reason to log in as its owner', async () => {
  await using set = await registered()
  const { app, provider } = set
  provider.account = ada
  await signUpAs(newBrowser(app), 'ada')
  // Another account of the provider with the same address, name and login.
  provider.account = { ...ada, sub: 'eve-1' }
  const browser = newBrowser(app)
  expect(pathOf(await browser.open('/auth/acme/start'))).toBe('/welcome')
  expect(reasonIn(await browser.call('auth.identitySignup', { username: 'ada' }))).toBe('USERNAME_TAKEN')
})

test('outside identities: an entered address is not verified by the provider', async () => {
  await using set = await registered()
  set.provider.account = ada
  const browser = newBrowser(set.app)
  await browser.open('/auth/acme/start')
  await browser.call('auth.identitySignup', { username: 'ada', email: 'ada@example.org' })
  const emails = await set.app.services.db.read
    .selectFrom('emails')
    .select(['address', 'verified_at'])
    .execute()
  expect(emails).toEqual([{ address: 'ada@example.org', verified_at: null }])
})

test('outside identities: the choice of a user name ends after 10 minutes', async () => {
  await using set = await registered()
  const browser = newBrowser(set.app)
  await browser.open('/auth/acme/start')
  set.app.clock.advance(identityAttemptMs)
  expect(reasonIn(await browser.call('auth.identitySignup', { username: 'ada' }))).toBe('LOGIN_EXPIRED')
})

test('outside identities: options list the providers', async () => {
  await using set = await registered()
  expect(await set.app.api.auth.options.query()).toMatchObject({
    providers: [{ name: 'acme', label: 'Acme' }],
  })
})
