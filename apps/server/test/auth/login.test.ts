import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { describe, expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { occupyHashSlot } from '../support/occupy-hash-slot.ts'
import { failure, get, post, reasonIn } from '../support/raw-call.ts'

const ada = { username: 'ada', password: 'correct horse battery' }

describeOnEach('login', (databaseKind) => {
  test.each([
    ['ada', 'ada'],
    ['ada', 'ADA'],
    ['ada', 'ａｄａ'],
    ['ibrahim', 'İbrahim'],
  ])('of %j by %j', async (username, typed) => {
    await using app = await testApp({ databaseKind })
    await app.api.auth.signup.mutate(signupInput({ ...ada, username }))
    const device = app.newClient()
    const result = await device.auth.login.mutate({ ...ada, username: typed })
    const me = await device.account.me.query()
    expect(me.username).toBe(username)
    expect(result).toEqual({ status: 'signed-in', user: me })
  })

  test('gives the same response for a wrong password, an unknown user and a disabled user', async () => {
    await using app = await testApp({ databaseKind })
    await app.api.auth.signup.mutate(signupInput(ada))
    await app.newClient().auth.signup.mutate(signupInput({ ...ada, username: 'gone' }))
    await app.services.db.write((tx) =>
      tx.updateTable('users').set({ disabled_at: 1 }).where('username', '=', 'gone').execute(),
    )
    const answers = await Promise.all([
      post(app.url, 'auth.login', { ...ada, password: 'wrong horse' }),
      post(app.url, 'auth.login', { ...ada, username: 'unknown' }),
      post(app.url, 'auth.login', { ...ada, username: 'gone' }),
      post(app.url, 'auth.login', { ...ada, username: 'No Such Name!' }),
    ])
    const shown = answers.map(({ status, text, headers }) => {
      const id = headers.get('x-request-id') ?? 'no id'
      const names = [...headers.keys()].filter((name) => name !== 'date')
      return { status, text: text.replaceAll(id, 'ID'), names, length: headers.get('content-length') }
    })
    expect(shown[0]?.status).toBe(401)
    expect(shown[0]?.text).toContain('INVALID_CREDENTIALS')
    for (const other of shown) expect(other).toEqual(shown[0])
  })

  test('accepts a password of ten years ago', async () => {
    await using app = await testApp({ databaseKind })
    await app.api.auth.signup.mutate(signupInput(ada))
    app.clock.advance(10 * 365 * 24 * 3_600_000)
    expect(await app.newClient().auth.login.mutate(ada)).toMatchObject({ status: 'signed-in' })
  })

  test('with "remember me", the cookie lasts until the idle expiry', async () => {
    await using app = await testApp({ databaseKind })
    await app.api.auth.signup.mutate(signupInput(ada))
    const answer = await post(app.url, 'auth.login', { ...ada, remember: true })
    expect(answer.headers.getSetCookie()[0]).toContain(`Max-Age=${14 * 24 * 3_600}`)
  })

  test('ends the live session of the same browser', async () => {
    await using app = await testApp({ databaseKind })
    const first = await post(app.url, 'auth.signup', signupInput(ada))
    const second = await post(app.url, 'auth.login', ada, first.cookies[0])
    expect(reasonIn(await get(app.url, 'account.me', first.cookies[0]))).toBe('SESSION_EXPIRED')
    expect((await get(app.url, 'account.me', second.cookies[0])).status).toBe(200)
  })

  test('a failed login does not end the current session', async () => {
    await using app = await testApp({ databaseKind })
    await app.api.auth.signup.mutate(signupInput(ada))
    expect(await failure(app.api.auth.login.mutate({ ...ada, password: 'wrong' }))).toEqual({
      reason: 'INVALID_CREDENTIALS',
    })
    expect(await app.api.account.me.query()).toMatchObject({ username: 'ada' })
  })

  test('rejects a password that differs after 72 bytes', async () => {
    await using app = await testApp({ databaseKind })
    const long = '🔑'.repeat(40)
    await app.api.auth.signup.mutate(signupInput({ username: 'ada', password: `${long}a` }))
    expect(
      await failure(app.newClient().auth.login.mutate({ username: 'ada', password: `${long}b` })),
    ).toEqual({
      reason: 'INVALID_CREDENTIALS',
    })
    await app.newClient().auth.login.mutate({ username: 'ada', password: `${long}a` })
  })

  test('the 101st session ends the oldest', async () => {
    await using app = await testApp({ databaseKind })
    const first = await post(app.url, 'auth.signup', signupInput(ada))
    app.clock.advance(1_000)
    const second = await post(app.url, 'auth.login', ada)
    app.clock.advance(1_000)
    const rows = await app.services.db.read.selectFrom('sessions').selectAll().orderBy('created_at').execute()
    const newest = rows.at(-1)
    if (newest === undefined) throw new Error('No session was opened.')
    // Adds 98 sessions between the first two and the last one.
    const more = Array.from({ length: 98 }, (_, index) => ({
      ...newest,
      id: `01ffffff-0000-7000-8000-${String(index).padStart(12, '0')}`,
      token_hash: `of device ${index}`,
    }))
    await app.services.db.write((tx) => tx.insertInto('sessions').values(more).execute())
    app.clock.advance(1_000)
    expect((await get(app.url, 'account.me', first.cookies[0])).status).toBe(200)
    await post(app.url, 'auth.login', ada)
    expect(reasonIn(await get(app.url, 'account.me', first.cookies[0]))).toBe('SESSION_EXPIRED')
    expect((await get(app.url, 'account.me', second.cookies[0])).status).toBe(200)
  })
})

describe('login: rejections', () => {
  test('RATE_LIMITED after 50 failures from one address, also with the right password', async () => {
    await using app = await testApp()
    await app.api.auth.signup.mutate(signupInput(ada))
    for (let count = 0; count < 49; count += 1) {
      await app.services.rateLimits.consume('loginFailuresPerAddress', '127.0.0.1')
    }
    expect(await failure(app.newClient().auth.login.mutate({ ...ada, password: 'x' }))).toEqual({
      reason: 'INVALID_CREDENTIALS',
    })
    expect(await failure(app.newClient().auth.login.mutate(ada))).toMatchObject({ reason: 'RATE_LIMITED' })
  })

  test('BUSY without a wait when the hash queue is full', async () => {
    await using app = await testApp({ settings: { hashConcurrency: 1, hashQueue: 0 } })
    await app.api.auth.signup.mutate(signupInput(ada))
    using _held = await occupyHashSlot(app)
    expect(await failure(app.newClient().auth.login.mutate(ada))).toEqual({
      reason: 'BUSY',
      retryAfterSeconds: 1,
    })
    expect(await failure(app.newClient().auth.login.mutate({ ...ada, username: 'unknown' }))).toMatchObject({
      reason: 'BUSY',
    })
  })

  test('INVALID_INPUT for values that cannot be compared', async () => {
    await using app = await testApp()
    expect(await failure(app.api.auth.login.mutate({ username: '', password: '' }))).toEqual({
      reason: 'INVALID_INPUT',
      fields: { username: ['Enter a user name.'], password: ['Enter a password.'] },
      form: [],
    })
  })
})
