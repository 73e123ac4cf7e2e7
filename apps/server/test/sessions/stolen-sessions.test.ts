import { rateLimits } from '@app/contract'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newUser, password } from '../support/actors.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'
import { openRawConnection } from '../support/raw-connection.ts'

/** Of these calls, 64 need the 8 MB that a caller may have in memory. */
const manyCalls = 64

/** Begins calls whose bodies never arrive. @returns when the server has received them all */
async function beginCalls(app: TestApp, cookie: string): Promise<AsyncDisposable> {
  const lines = new AsyncDisposableStack()
  for (let index = 0; index < manyCalls; index += 1) {
    const line = lines.use(await openRawConnection(app.url))
    line.send(`POST /trpc/account.updateProfile HTTP/1.1\r\nHost: ${line.host}\r\nCookie: ${cookie}\r\n`)
    line.send('Content-Type: application/json\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n')
    await line.until(/100 Continue/)
  }
  return lines
}

test('stolen sessions: calls with ended or expired tokens use no slots and no memory of the account', async () => {
  await using app = await testApp()
  const ada = await newUser(app)
  const logIn = async () => (await post(app.url, 'auth.login', { username: ada.username, password })).cookies
  const expired = ada.cookie
  app.clock.advance(2 * 3_600_000)
  const [[ended = ''], [live = '']] = [await logIn(), await logIn()]
  await post(app.url, 'auth.logout', {}, ended)
  await using _endedCalls = await beginCalls(app, ended)
  await using _expiredCalls = await beginCalls(app, expired)
  for (let count = 0; count < 3; count += 1) {
    expect((await get(app.url, 'account.me', live)).status).toBe(200)
  }
})

test('stolen sessions: calls with a stolen cookie do not block the owner’s login or the end of the session', async () => {
  await using app = await testApp()
  const ada = await newUser(app)
  expect((await get(app.url, 'account.me', ada.cookie)).status).toBe(200)
  await using _calls = await beginCalls(app, ada.cookie)
  const { cookies, ...login } = await post(app.url, 'auth.login', { username: ada.username, password })
  expect(reasonIn(login)).toBeUndefined()
  let [cookie = ''] = cookies
  const recover = async (path: string, input: object) => {
    const answer = await post(app.url, path, input, cookie)
    cookie = answer.cookies[0] ?? cookie
    return [path, answer.status]
  }
  expect((await get(app.url, 'auth.session', cookie)).status).toBe(200)
  expect([
    await recover('auth.elevate', { password }),
    await recover('sessions.revokeOthers', {}),
    await recover('account.changePassword', { currentPassword: password, newPassword: `${password} 2` }),
    await recover('auth.logout', {}),
  ]).toEqual([
    ['auth.elevate', 200],
    ['sessions.revokeOthers', 200],
    ['account.changePassword', 200],
    ['auth.logout', 200],
  ])
})

test('stolen sessions: a copy of the cookie that uses up all calls leaves log-out and the end of sessions', async () => {
  await using app = await testApp()
  const { id, cookie: copied } = await newUser(app)
  const { sessionId = '' } = app.services.sessionTokens.verify(copied.slice('session='.length)) ?? {}
  const useUp = (limit: keyof typeof rateLimits, key: string) =>
    app.services.rateLimits.consume(limit, key, rateLimits[limit].points)
  await useUp('mutationsPerAccount', id)
  await useUp('reserveCallsPerSession', sessionId)
  const change = async (cookie: string) =>
    reasonIn(await post(app.url, 'account.updateProfile', { name: 'Ada' }, cookie))
  expect(await change(copied)).toBe('RATE_LIMITED')

  const elevation = await post(app.url, 'auth.elevate', { password }, copied)
  expect(reasonIn(elevation)).toBeUndefined()
  const [cookie = ''] = elevation.cookies
  const calls: [string, object][] = [
    ['sessions.revokeOthers', {}],
    ['auth.logout', {}],
  ]
  for (const [path, input] of calls)
    expect([path, reasonIn(await post(app.url, path, input, cookie))]).toEqual([path, undefined])
  expect(reasonIn(await get(app.url, 'account.me', copied))).toBe('SESSION_EXPIRED')
})

test('stolen sessions: calls that recover an account beyond its allowance count for their address', async () => {
  await using app = await testApp()
  const { id, cookie } = await newUser(app)
  for (const [limit, key] of [
    ['mutationsPerAccount', id],
    ['reserveCallsPerAccount', id],
    ['anonymousCallsPerAddress', '127.0.0.1'],
  ] as const) {
    await app.services.rateLimits.consume(limit, key, rateLimits[limit].points)
  }
  expect(reasonIn(await post(app.url, 'auth.logout', {}, cookie))).toBe('RATE_LIMITED')
})
