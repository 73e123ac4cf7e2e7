import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser, password } from '../support/actors.ts'
import { giveIdentity, pendingLoginCookie, pendingSignupCookie } from '../support/identities.ts'
import { reasonIn } from '../support/raw-call.ts'
import { giveSecondFactor, startLogin } from '../support/second-factor.ts'
import { newBrowser } from './browser.ts'

const calls = {
  'auth.login': (username: string) => ({ username, password }),
  'auth.signup': () => signupInput({ username: 'another-user', password }),
  'auth.identitySignup': () => ({ username: 'another-user' }),
  'auth.logout': () => ({}),
}

describeOnEach('an unfinished sign-up or log-in', (databaseKind) => {
  test.each(Object.entries(calls))('ends with %s in the same browser', async (path, input) => {
    await using app = await testApp({ databaseKind, settings: { limits: 'relaxed' } })
    const { username } = await newUser(app)
    const other = await newUser(app)
    await giveSecondFactor(app, other.id)
    const browser = newBrowser(app)
    const pending = await startLogin(app, { username: other.username, password })
    browser.setCookies([pendingSignupCookie(app, 'octocat'), pending])
    expect((await browser.query('identities.pending')).text).toContain('octocat')
    expect((await browser.call(path, input(username))).status).toBe(200)
    expect((await browser.query('identities.pending')).text).toBe('{"result":{"data":null}}')
    expect(browser.cookies()).not.toMatch(/identity-signup|pending-login/)
  })

  test('expires when its provider is no longer offered', async () => {
    await using app = await testApp({ databaseKind })
    const user = await newUser(app)
    const id = await giveIdentity(app, user.id)
    const code = await giveSecondFactor(app, user.id)
    const browser = newBrowser(app)
    browser.setCookies([
      pendingSignupCookie(app, 'octocat'),
      pendingLoginCookie(app, { userId: user.id, id }),
    ])
    app.services.settings.providers.length = 0
    expect((await browser.query('identities.pending')).text).toBe('{"result":{"data":null}}')
    const signUp = await browser.call('auth.identitySignup', { username: 'another-user' })
    const secondStep = await browser.call('auth.secondFactor', { method: 'recovery', code })
    expect([reasonIn(signUp), reasonIn(secondStep)]).toEqual(['LOGIN_EXPIRED', 'LOGIN_EXPIRED'])
  })
})
