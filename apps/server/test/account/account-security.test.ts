import { requestFactorReset } from '@app/router'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser, password } from '../support/actors.ts'
import { get, post } from '../support/raw-call.ts'
import { giveSecondFactor, startLogin } from '../support/second-factor.ts'

const securityOf = async (url: string, cookie: string) =>
  JSON.parse((await get(url, 'account.security', cookie)).text).result.data

describeOnEach('the protection of an account', (databaseKind) => {
  test('shows level, authenticator app and a requested reset, of its owner only', async () => {
    await using app = await testApp({ databaseKind })
    const [user, other] = [await newUser(app), await newUser(app)]
    const plain = { level: 1, hasPassword: true, totp: null, factorReset: null }
    expect(await user.api.account.security.query()).toEqual(plain)

    const code = await giveSecondFactor(app, user.id)
    const now = app.clock.now()
    const outcome = await requestFactorReset(app.services, user.username)
    if (!outcome.ok) throw new Error('No factor reset was requested.')
    const { factorReset } = await user.api.account.security.query()
    expect(factorReset).toEqual({
      effectiveAt: new Date(outcome.value.effectiveAt).toISOString(),
    })
    const pending = await startLogin(app, { username: user.username, password })
    const { cookies } = await post(app.url, 'auth.secondFactor', { method: 'recovery', code }, pending)
    expect(await securityOf(app.url, cookies.join('; '))).toMatchObject({
      level: 2,
      totp: { createdAt: new Date(now).toISOString(), lastUsedAt: null },
    })
    expect(await other.api.account.security.query()).toEqual(plain)
  })
})
