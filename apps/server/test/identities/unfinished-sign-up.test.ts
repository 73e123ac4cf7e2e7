import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser, password } from '../support/actors.ts'
import { pendingSignupCookie } from '../support/identities.ts'
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
})
