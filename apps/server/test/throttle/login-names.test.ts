import { signupInput } from '@app/contract/testing'
import { unlockAccount } from '@app/router'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { ada, deviceCookie, guess, hour, second, wrong } from '../support/brute-force.ts'
import { mailSettings } from '../support/mail-settings.ts'
import { newRecoverySecret } from '../support/new-recovery-secret.ts'
import { post, reasonIn } from '../support/raw-call.ts'
import { confirmAddress } from '../support/verification-mails.ts'

const address = 'ada@example.org'
const wrongByAddress = { ...wrong, username: address }
const rightByAddress = { ...ada, username: address }
const unknown = { ...wrong, username: 'unknown@example.org' }
const wrongPassword = ['INVALID_CREDENTIALS']

/** Signs Ada up and verifies her address. @returns the cookie that makes her browser a known device */
async function signUpWithAddress(app: TestApp): Promise<string> {
  const { cookies } = await post(app.url, 'auth.signup', signupInput({ ...ada, email: address }))
  await confirmAddress(app, address)
  return deviceCookie(cookies)
}

/** Sets the failures of all keys, after one failure by this login name. */
async function failTimes(app: TestApp, failures: number, input = wrong): Promise<void> {
  await guess(app, 1, input)
  await app.services.db.write((tx) => tx.updateTable('login_throttles').set({ failures }).execute())
}

const throttles = async (app: TestApp) =>
  (await app.services.db.read.selectFrom('login_throttles').select('failures').execute()).map(
    ({ failures }) => failures,
  )

describeOnEach('log-ins by user name and by address', (databaseKind) => {
  test('together have 100 consecutive failures, until a known device logs in', async () => {
    await using app = await testApp({
      databaseKind,
      host: { trustProxy: 1 },
      settings: mailSettings({ url: 'smtp://localhost' }),
      sendsMail: false,
    })
    const device = await signUpWithAddress(app)
    for (let count = 0; count < 50; count += 1) {
      app.clock.advance(hour)
      for (const input of [wrong, wrongByAddress]) {
        const answer = await post(app.url, 'auth.login', input, '', `192.0.2.${count}`)
        expect(reasonIn(answer)).toBe('INVALID_CREDENTIALS')
      }
    }
    app.clock.advance(hour)
    expect(await guess(app, 1, ada)).toEqual(wrongPassword)
    expect(await guess(app, 1, rightByAddress)).toEqual(wrongPassword)
    app.clock.advance(hour)
    expect(await guess(app, 1, ada, device)).toEqual(['signed in'])
    expect(await throttles(app)).toEqual([])
    expect(await guess(app, 1, ada)).toEqual(['signed in'])
    expect(await guess(app, 1, rightByAddress)).toEqual(['signed in'])
  })

  test.each([
    ['the user name', wrong, rightByAddress],
    ['the address', wrongByAddress, ada],
  ])('a lockout by %s does not show that the other belongs to it', async (_name, locked, other) => {
    await using app = await testApp({ databaseKind })
    await signUpWithAddress(app)
    await failTimes(app, 99, locked)
    expect(await guess(app, 2, locked)).toEqual(['INVALID_CREDENTIALS', 'RATE_LIMITED 3600'])
    const asUnknown = await guess(app, 6, unknown)
    expect(asUnknown).toEqual([...Array(5).fill('INVALID_CREDENTIALS'), 'RATE_LIMITED 30'])
    // Not even the right password does.
    expect(await guess(app, 6, other)).toEqual(asUnknown)
  })

  test('known and unknown names write the same rows', async () => {
    await using app = await testApp({ databaseKind })
    await signUpWithAddress(app)
    const before = await throttles(app)
    for (const username of ['ada', address, 'unknown', 'unknown@example.org']) {
      await guess(app, 2, { ...wrong, username })
      expect(await throttles(app)).toEqual([...before, 2, 2])
      await app.services.db.write((tx) => tx.deleteFrom('login_throttles').execute())
    }
  })

  test('the failure that locks the account is an event', async () => {
    await using app = await testApp({ databaseKind })
    await signUpWithAddress(app)
    await guess(app, 1, wrong)
    await guess(app, 1, wrongByAddress)
    await app.services.db.write((tx) =>
      tx.updateTable('login_throttles').set({ failures: 99 }).where('bucket', 'like', 'total:%').execute(),
    )
    const limited = async () => {
      const events = app.services.db.read.selectFrom('audit_events').where('event', '=', 'password-limited')
      return (await events.selectAll().execute()).length
    }
    await guess(app, 1, wrong)
    expect(await limited()).toBe(1)
    await guess(app, 2, wrongByAddress)
    expect(await limited()).toBe(1)
  })

  test('an operator and a recovery end both counts and the lockout', async () => {
    await using app = await testApp({ databaseKind })
    await signUpWithAddress(app)
    const lockBoth = async () => {
      await failTimes(app, 0)
      await failTimes(app, 100, wrongByAddress)
      expect(await guess(app, 1, rightByAddress)).toEqual(['RATE_LIMITED 3600'])
      expect(await guess(app, 1, ada)).toEqual(['RATE_LIMITED 3600'])
    }
    await lockBoth()
    await unlockAccount(app.services, 'ada')
    expect(await throttles(app)).toEqual([])
    await lockBoth()
    const secret = await newRecoverySecret(app, 'ada')
    const newPassword = 'a better battery'
    await post(app.url, 'recovery.reset', { secret, newPassword })
    expect(await throttles(app)).toEqual([])
    app.clock.advance(second)
    expect(await guess(app, 1, { ...rightByAddress, password: newPassword })).toEqual(['signed in'])
  })
})
