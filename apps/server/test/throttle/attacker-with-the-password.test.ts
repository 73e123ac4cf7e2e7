import { rateLimits } from '@app/contract'
import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { ada, login, verdict } from '../support/brute-force.ts'
import { keepCookies } from '../support/cookie-passkeys.ts'
import { withPasskey } from '../support/passkey-users.ts'
import { logInByPasskey } from '../support/passkeys.ts'
import { post } from '../support/raw-call.ts'
import { giveSecondFactor } from '../support/second-factor.ts'

const newPassword = 'a better battery'

describeOnEach('an attacker who has the password', (databaseKind) => {
  test('cannot keep the owner from ending the session of the attacker', async () => {
    await using app = await testApp({ databaseKind })
    const [owner, attacker] = [{ cookie: '' }, { cookie: '' }]
    keepCookies(owner, await post(app.url, 'auth.signup', signupInput(ada)))
    keepCookies(attacker, await login(app, ada))
    const elevate = async (browser: { cookie: string }) => {
      const answer = await post(app.url, 'auth.elevate', { password: ada.password }, browser.cookie)
      keepCookies(browser, answer)
      return verdict(answer)
    }
    const { points } = rateLimits.confirmationsPerSession
    for (let count = 0; count < points; count += 1) expect(await elevate(attacker)).toBe('signed in')
    expect(await elevate(attacker)).toMatch(/^RATE_LIMITED/)
    const [user] = await app.services.db.read.selectFrom('users').select('id').execute()
    for (const name of ['passwordLoginsPerAccount', 'passwordlessLoginsPerAccount'] as const)
      await app.services.rateLimits.consume(name, user?.id ?? '', rateLimits[name].points)
    expect(verdict(await login(app, ada, attacker.cookie))).toMatch(/^RATE_LIMITED/)

    expect(await elevate(owner)).toBe('signed in')
    expect(verdict(await post(app.url, 'sessions.revokeOthers', {}, owner.cookie))).toBe('signed in')
    expect(await elevate(attacker)).toBe('SESSION_EXPIRED')
    const change = { currentPassword: ada.password, newPassword }
    expect(verdict(await post(app.url, 'account.changePassword', change, owner.cookie))).toBe('signed in')
  })

  test('makes no transaction wait for the store that counts confirmations', async () => {
    await using app = await testApp({ databaseKind })
    const user = await newUser(app)
    const code = await giveSecondFactor(app, user.id)
    const { rateLimits: limits, db } = app.services
    const { consume } = limits
    let counted = 0
    limits.consume = async (name, key, points) => {
      if (name === 'confirmationsPerSession') {
        // Waits for the session's lock, if the caller holds it.
        await db.write((tx) => tx.updateTable('sessions').set({ ip: null }).where('id', '=', key).execute())
        counted += 1
      }
      return consume(name, key, points)
    }
    const answer = await post(app.url, 'auth.elevate', { method: 'recovery', code }, user.cookie)
    expect([verdict(answer), counted]).toEqual(['signed in', 1])
  })

  test('cannot keep the owner from logging in by a passkey', async () => {
    await using app = await testApp({ databaseKind })
    const owner = await withPasskey(app, 'ada')
    const { points } = rateLimits.passwordLoginsPerAccount
    await app.services.rateLimits.consume('passwordLoginsPerAccount', owner.id, points)
    const answer = await logInByPasskey(app.newClient(), owner.authenticator)
    expect(answer).toMatchObject({ status: 'signed-in' })
  })
})
