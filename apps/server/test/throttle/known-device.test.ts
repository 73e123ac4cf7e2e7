import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { testClock } from '../../src/testing/test-clock.ts'
import { ada, deviceCookie, guess, hour, login, second, signUp, wrong } from '../support/brute-force.ts'
import { post } from '../support/raw-call.ts'

describeOnEach('a known device', (databaseKind) => {
  test('is not locked out by guesses from unknown devices, and has its own 10 failures an hour', async () => {
    await using app = await testApp({ databaseKind })
    const device = await signUp(app)
    await guess(app, 6, wrong)
    expect(await guess(app, 11, wrong, device)).toEqual([
      ...Array(10).fill('INVALID_CREDENTIALS'),
      'RATE_LIMITED 3600',
    ])
    app.clock.advance(hour)
    expect(await guess(app, 1, ada, device)).toEqual(['signed in'])
  })

  test('is known to one account only', async () => {
    await using app = await testApp({ databaseKind })
    const device = await signUp(app)
    await app.newClient().auth.signup.mutate(signupInput({ ...ada, username: 'grace' }))
    const guesses = await guess(app, 6, { ...wrong, username: 'grace' }, device)
    expect(guesses.at(-1)).toBe('RATE_LIMITED 30')
  })

  test('keeps its cookie at logout, and renews it at login', async () => {
    await using app = await testApp({ databaseKind })
    const device = await signUp(app)
    const loggedIn = await login(app, ada, device)
    expect(deviceCookie(loggedIn.cookies)).toBe(device)
    const line = loggedIn.headers.getSetCookie().find((one) => one.startsWith('known-device='))
    expect(line).toMatch(/; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/)
    const out = await post(app.url, 'auth.logout', {}, loggedIn.cookies.join('; '))
    expect(out.headers.getSetCookie().join()).not.toContain('known-device')
  })

  test('is not created by a failed login', async () => {
    await using app = await testApp({ databaseKind })
    await signUp(app)
    expect((await login(app, wrong)).cookies).toEqual([])
  })

  test('is removed when the password changes', async () => {
    await using app = await testApp({ databaseKind })
    const device = await signUp(app)
    await app.api.auth.login.mutate(ada)
    await app.api.account.changePassword.mutate({
      currentPassword: ada.password,
      newPassword: 'a better battery',
    })
    await guess(app, 5, wrong)
    expect(await guess(app, 1, wrong, device)).toEqual(['RATE_LIMITED 30'])
  })

  test('stays known in the browser that changes the password, with a new cookie', async () => {
    await using app = await testApp({ databaseKind })
    const signedUp = await post(app.url, 'auth.signup', signupInput(ada))
    const before = deviceCookie(signedUp.cookies)
    const newPassword = 'a better battery'
    const input = { currentPassword: ada.password, newPassword }
    const changed = await post(app.url, 'account.changePassword', input, signedUp.cookies.join('; '))
    const after = deviceCookie(changed.cookies)
    expect(after).toMatch(/^known-device=[\w-]{43}$/)
    expect(after).not.toBe(before)
    await guess(app, 5, wrong)
    const right = { ...ada, password: newPassword }
    expect(await guess(app, 1, right, before)).toEqual(['RATE_LIMITED 30'])
    expect(await guess(app, 1, right, after)).toEqual(['signed in'])
  })

  test('is not evicted by programs that log in at the same instant', async () => {
    await using app = await testApp({ databaseKind })
    const device = await signUp(app)
    expect(await guess(app, 10, ada)).toEqual(Array(10).fill('signed in'))
    await guess(app, 5, wrong)
    expect(await guess(app, 1, wrong, device)).toEqual(['INVALID_CREDENTIALS'])
  })

  test('that changes the password is not evicted by programs at a server whose clock is behind', async () => {
    await using app = await testApp({ databaseKind })
    const { databaseUrl } = app
    await using behind = await testApp({ databaseUrl, clock: testClock(app.clock.now() - 30 * second) })
    const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
    const right = { ...ada, password: 'a better battery' }
    const input = { currentPassword: ada.password, newPassword: right.password }
    for (const { clock } of [app, behind]) clock.advance(60 * second)
    const changed = await post(app.url, 'account.changePassword', input, cookies.join('; '))
    expect(await guess(behind, 10, right)).toEqual(Array(10).fill('signed in'))
    await guess(app, 5, wrong)
    expect(await guess(app, 1, wrong, deviceCookie(changed.cookies))).toEqual(['INVALID_CREDENTIALS'])
  })

  test('is removed after 400 unused days, even with a valid cookie', async () => {
    await using app = await testApp({ databaseKind })
    const device = await signUp(app)
    app.clock.advance(400 * 24 * hour - second)
    await guess(app, 5, wrong)
    expect(await guess(app, 1, wrong, device)).toEqual(['INVALID_CREDENTIALS'])
    app.clock.advance(second)
    expect(await guess(app, 1, ada, device)).toEqual(['RATE_LIMITED 29'])
    app.clock.advance(hour)
    const newer = await login(app, ada)
    const rows = await app.services.db.read.selectFrom('known_devices').selectAll().execute()
    expect(rows).toMatchObject([{ last_used_at: app.clock.now() }])
    expect(deviceCookie(newer.cookies)).not.toBe(device)
  })

  test('an invented or doubled cookie is an unknown device', async () => {
    await using app = await testApp({ databaseKind })
    const device = await signUp(app)
    await guess(app, 5, wrong)
    for (const cookie of [`known-device=${'x'.repeat(43)}`, `${device}; ${device}`, 'known-device=']) {
      expect(await guess(app, 1, ada, cookie)).toEqual(['RATE_LIMITED 30'])
    }
  })
})
