import { describeOnEach } from '@latchkey/router/testing'
import { expect, test } from 'vitest'

import { testApp } from '../src/testing/test-app.ts'
import { ada, deviceCookie, guess, hour, login, second, signUp, wrong } from './guessing.ts'
import { post } from './raw-call.ts'

describeOnEach('a known device', (databaseKind) => {
  test('is not shut out by strangers who guess, and has 10 failures an hour of its own', async () => {
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

  test('is known to one account, not to another', async () => {
    await using app = await testApp({ databaseKind })
    const device = await signUp(app)
    await app.newClient().auth.signup.mutate({ ...ada, username: 'grace' })
    const guesses = await guess(app, 6, { ...wrong, username: 'grace' }, device)
    expect(guesses.at(-1)).toBe('RATE_LIMITED 30')
  })

  test('keeps its cookie at log-out, and the cookie is renewed at log-in', async () => {
    await using app = await testApp({ databaseKind })
    const device = await signUp(app)
    const loggedIn = await login(app, ada, device)
    expect(deviceCookie(loggedIn.cookies)).toBe(device)
    const line = loggedIn.headers.getSetCookie().find((one) => one.startsWith('known-device='))
    expect(line).toMatch(/; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/)
    const out = await post(app.url, 'auth.logout', {}, loggedIn.cookies.join('; '))
    expect(out.headers.getSetCookie().join()).not.toContain('known-device')
  })

  test('a failed log-in makes no device known', async () => {
    await using app = await testApp({ databaseKind })
    await signUp(app)
    expect((await login(app, wrong)).cookies).toEqual([])
  })

  test('is forgotten when the password changes', async () => {
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

  test('the eleventh takes the place of the one unused for longest', async () => {
    await using app = await testApp({ databaseKind })
    const devices = [await signUp(app)]
    for (let count = 0; count < 10; count += 1) {
      app.clock.advance(second)
      devices.push(deviceCookie((await login(app, ada)).cookies))
    }
    await guess(app, 5, wrong)
    expect(await guess(app, 1, wrong, devices[0])).toEqual(['RATE_LIMITED 30'])
    expect(await guess(app, 1, wrong, devices[1])).toEqual(['INVALID_CREDENTIALS'])
  })

  test('an invented or doubled cookie is a stranger', async () => {
    await using app = await testApp({ databaseKind })
    const device = await signUp(app)
    await guess(app, 5, wrong)
    for (const cookie of [`known-device=${'x'.repeat(43)}`, `${device}; ${device}`, 'known-device=']) {
      expect(await guess(app, 1, ada, cookie)).toEqual(['RATE_LIMITED 30'])
    }
  })
})
