import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { guess } from '../support/brute-force.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'

const ada = { username: 'ada', password: 'correct horse battery' }
const hour = 3_600_000
const day = 24 * hour
const years = 5 * 365 * day

async function loggedIn(app: TestApp, remember = false): Promise<string | undefined> {
  const { cookies } = await post(app.url, 'auth.login', { ...ada, remember })
  return cookies[0]
}

const me = async (app: TestApp, cookie: string | undefined) =>
  reasonIn(await get(app.url, 'account.me', cookie)) ?? 'signed in'

/** Calls a procedure that requires sudo, which is a proof of the last ten minutes. */
const useSudo = async (app: TestApp, cookie: string | undefined) =>
  reasonIn(await post(app.url, 'sessions.revokeOthers', {}, cookie)) ?? 'fresh'

describeOnEach('the clock is set back by an hour', (databaseKind) => {
  test('sessions stay valid, and users can log in', async () => {
    await using app = await testApp({ databaseKind })
    const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
    app.clock.advance(-hour)
    expect(await me(app, cookies[0])).toBe('signed in')
    expect(await me(app, await loggedIn(app))).toBe('signed in')
    app.clock.advance(hour)
    expect(await me(app, cookies[0])).toBe('signed in')
  })

  test('a session that began more than an hour in the future has ended', async () => {
    await using app = await testApp({ databaseKind })
    const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
    app.clock.advance(-hour)
    expect(await me(app, cookies[0])).toBe('signed in')
    app.clock.advance(-1)
    expect(await me(app, cookies[0])).toBe('SESSION_EXPIRED')
  })

  test('a proof from the future does not extend the sudo period', async () => {
    await using app = await testApp({ databaseKind })
    const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
    app.clock.advance(-hour)
    expect(await useSudo(app, cookies[0])).toBe('REAUTH_REQUIRED')
  })

  test('a lockout does not exceed the longest one', async () => {
    await using app = await testApp({ databaseKind })
    await post(app.url, 'auth.signup', signupInput(ada))
    await guess(app, 5, { ...ada, password: 'wrong horse' })
    app.clock.advance(-hour)
    const [verdict] = await guess(app, 1, ada)
    const [, seconds = '0'] = /^RATE_LIMITED (\d+)$/.exec(String(verdict)) ?? []
    expect(Number(seconds)).toBeLessThanOrEqual(3_600)
    app.clock.advance(hour + 30_000)
    expect(await guess(app, 1, ada)).toEqual(['signed in'])
  })
})

describeOnEach('the clock is set forward', (databaseKind) => {
  test('by an hour: a session unused for an hour has ended, a remembered one has not', async () => {
    await using app = await testApp({ databaseKind })
    const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
    const remembered = await loggedIn(app, true)
    app.clock.advance(hour)
    expect(await me(app, cookies[0])).toBe('SESSION_EXPIRED')
    expect(await me(app, remembered)).toBe('signed in')
    expect(await me(app, await loggedIn(app))).toBe('signed in')
  })

  test('by five years: all sessions have ended, and users can log in', async () => {
    await using app = await testApp({ databaseKind })
    await post(app.url, 'auth.signup', signupInput(ada))
    const remembered = await loggedIn(app, true)
    app.clock.advance(years)
    expect(await me(app, remembered)).toBe('SESSION_EXPIRED')
    expect(await me(app, await loggedIn(app))).toBe('signed in')
  })

  test('by five years and back: a session from the future has ended and gives no sudo', async () => {
    await using app = await testApp({ databaseKind })
    await post(app.url, 'auth.signup', signupInput(ada))
    app.clock.advance(years)
    const remembered = await loggedIn(app, true)
    app.clock.advance(-years)
    expect([await me(app, remembered), await useSudo(app, remembered)]).toEqual([
      'SESSION_EXPIRED',
      'SESSION_EXPIRED',
    ])
    expect(await me(app, await loggedIn(app))).toBe('signed in')
  })
})
