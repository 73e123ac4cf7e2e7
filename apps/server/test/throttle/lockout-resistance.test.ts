import { createHash } from 'node:crypto'
import { rateLimits } from '@app/contract'
import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import {
  ada,
  deviceCookie,
  guess,
  hour,
  login,
  second,
  signUp,
  verdict,
  wrong,
} from '../support/brute-force.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'

const newPassword = 'a better battery'

const elevate = async (app: TestApp, password: string, cookie: string) =>
  verdict(await post(app.url, 'auth.elevate', { password }, cookie))

const changePassword = async (app: TestApp, cookie: string) =>
  verdict(
    await post(app.url, 'account.changePassword', { currentPassword: ada.password, newPassword }, cookie),
  )

/** Signs Ada up. @returns the cookies of her browser: all, the session cookie, and the device cookie */
async function ownerBrowser(app: TestApp) {
  const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
  const device = deviceCookie(cookies)
  const session = cookies.find((cookie) => cookie !== device) ?? 'no session cookie'
  return { all: cookies.join('; '), device, session }
}

/** Sets the consecutive failures of one throttle key, given by its prefix. */
async function setFailures(app: TestApp, key: string, failures: number): Promise<void> {
  await app.services.db.write((tx) =>
    tx
      .updateTable('login_throttles')
      .set({ failures, closed_until: 0 })
      .where('bucket', 'like', `${key}%`)
      .execute(),
  )
}

describeOnEach('a known browser', (databaseKind) => {
  test('stays known when its user ends the other sessions; other browsers do not', async () => {
    await using app = await testApp({ databaseKind })
    const owner = await ownerBrowser(app)
    const other = deviceCookie((await login(app, ada)).cookies)
    expect(verdict(await post(app.url, 'sessions.revokeOthers', {}, owner.all))).toBe('signed in')
    await guess(app, 5, wrong)
    expect(await guess(app, 1, ada, other)).toEqual(['RATE_LIMITED 30'])
    expect(await guess(app, 1, ada, owner.device)).toEqual(['signed in'])
  })

  test('stays known when a stolen session cookie ends the other sessions', async () => {
    await using app = await testApp({ databaseKind })
    const owner = await ownerBrowser(app)
    expect(verdict(await post(app.url, 'sessions.revokeOthers', {}, owner.session))).toBe('signed in')
    await guess(app, 5, wrong)
    expect(await guess(app, 1, ada, owner.device)).toEqual(['signed in'])
  })

  test('stays known when a program without cookies logs in 25 times', async () => {
    await using app = await testApp({ databaseKind, settings: { limits: 'relaxed' } })
    const device = await signUp(app)
    for (let count = 0; count < 25; count += 1) {
      if (count > 15) app.clock.advance(hour)
      expect(await guess(app, 1, ada)).toEqual(['signed in'])
    }
    const devices = await app.services.db.read.selectFrom('known_devices').selectAll().execute()
    expect(devices).toHaveLength(10)
    expect(await isKnown(app, device)).toBe(true)
  })

  test('is used by the renewal of a session too', async () => {
    await using app = await testApp({ databaseKind })
    const owner = await ownerBrowser(app)
    app.clock.advance(hour / 2)
    expect(reasonIn(await get(app.url, 'account.me', owner.all))).toBeUndefined()
    const devices = await app.services.db.read.selectFrom('known_devices').select('last_used_at').execute()
    expect(devices).toEqual([{ last_used_at: app.clock.now() }])
  })

  test('is established by a second use after an hour, and then replaced only by established ones', async () => {
    await using app = await testApp({ databaseKind, settings: { limits: 'relaxed' } })
    const devices = [await signUp(app)]
    for (let count = 0; count < 10; count += 1) devices.push(deviceCookie((await login(app, ada)).cookies))
    app.clock.advance(hour)
    // The tenth replaced the ninth: both were new, and new devices are removed newest first.
    const [first, ...others] = devices.filter((_, index) => index !== 9)
    for (const device of others) {
      app.clock.advance(second)
      await login(app, ada, device)
    }
    const eleventh = deviceCookie((await login(app, ada)).cookies)
    for (const device of [first, ...others, eleventh]) expect(await isKnown(app, device)).toBe(true)
    app.clock.advance(hour)
    await login(app, ada, eleventh)
    await login(app, ada, first)
    expect(await isKnown(app, others[0])).toBe(false)
    for (const device of [first, ...others.slice(1), eleventh]) expect(await isKnown(app, device)).toBe(true)
  })

  test('logs in from an address that has used up its failures', async () => {
    await using app = await testApp({ databaseKind })
    const device = await signUp(app)
    for (let count = 0; count < rateLimits.loginFailuresPerAddress.points; count += 1) {
      await app.services.rateLimits.consume('loginFailuresPerAddress', '127.0.0.1')
    }
    expect(verdict(await login(app, ada))).toMatch(/^RATE_LIMITED/)
    const forged = `known-device=${'x'.repeat(43)}`
    expect(verdict(await login(app, ada, forged))).toMatch(/^RATE_LIMITED/)
    expect(verdict(await login(app, ada, device))).toBe('signed in')
  })

  test('is unknown after 100 consecutive failures, until its user logs in', async () => {
    await using app = await testApp({ databaseKind })
    const device = await signUp(app)
    await guess(app, 1, wrong, device)
    await setFailures(app, 'device:', 99)
    expect(await guess(app, 1, wrong, device)).toEqual(['INVALID_CREDENTIALS'])
    // Now it shares the count of unknown devices.
    expect(await guess(app, 6, wrong, device)).toEqual([
      ...Array(5).fill('INVALID_CREDENTIALS'),
      'RATE_LIMITED 30',
    ])
    app.clock.advance(30 * second)
    expect(await guess(app, 1, ada, device)).toEqual(['signed in'])
    await guess(app, 5, wrong)
    expect(await guess(app, 1, ada, device)).toEqual(['signed in'])
  })
})

describeOnEach('a stolen session cookie', (databaseKind) => {
  test('with wrong passwords locks neither the password change nor the login of the owner', async () => {
    await using app = await testApp({ databaseKind })
    const owner = await ownerBrowser(app)
    for (let count = 0; count < 10; count += 1) {
      expect(await elevate(app, 'wrong', owner.session)).toBe('INVALID_CREDENTIALS')
    }
    expect(await elevate(app, ada.password, owner.session)).toBe('RATE_LIMITED 3600')
    expect(await guess(app, 1, ada, owner.device)).toEqual(['signed in'])
    expect(await changePassword(app, owner.all)).toBe('signed in')
  })

  test('together with its device cookie locks only its own session', async () => {
    await using app = await testApp({ databaseKind })
    const owner = await ownerBrowser(app)
    for (let count = 0; count < 10; count += 1) await elevate(app, 'wrong', owner.all)
    expect(await changePassword(app, owner.all)).toBe('RATE_LIMITED 3600')
    const again = await login(app, ada, owner.all)
    expect(verdict(again)).toBe('signed in')
    expect(await changePassword(app, again.cookies.join('; '))).toBe('signed in')
  })

  test('counts nothing any more once its user has confirmed the right password', async () => {
    await using app = await testApp({ databaseKind })
    const owner = await ownerBrowser(app)
    await guess(app, 4, wrong)
    expect(await elevate(app, ada.password, owner.session)).toBe('signed in')
    expect(await guess(app, 5, wrong)).toEqual(Array(5).fill('INVALID_CREDENTIALS'))
  })

  test('counts towards the 100 consecutive failures of all unknown browsers', async () => {
    await using app = await testApp({ databaseKind })
    const owner = await ownerBrowser(app)
    await elevate(app, 'wrong', owner.session)
    await setFailures(app, 'account:', 99)
    expect(await elevate(app, 'wrong', owner.session)).toBe('INVALID_CREDENTIALS')
    expect(await elevate(app, ada.password, owner.session)).toBe('RATE_LIMITED 3600')
    expect(await guess(app, 1, ada)).toEqual(['RATE_LIMITED 3600'])
    expect(await changePassword(app, owner.all)).toBe('signed in')
  })
})

async function isKnown(app: TestApp, device = ''): Promise<boolean> {
  const [, secret = ''] = device.split('=')
  const hash = createHash('sha256').update(secret).digest('base64url')
  const rows = await app.services.db.read
    .selectFrom('known_devices')
    .where('device_hash', '=', hash)
    .selectAll()
    .execute()
  return rows.length === 1
}
