import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { occupyHashSlot } from '../support/occupy-hash-slot.ts'
import { failure, get, post, reasonIn } from '../support/raw-call.ts'

const ada = { username: 'ada', password: 'correct horse battery' }

describeOnEach('logout', (databaseKind) => {
  test('ends the session, clears the cookie, and succeeds twice', async () => {
    await using app = await testApp({ databaseKind })
    const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
    const first = await post(app.url, 'auth.logout', {}, cookies[0])
    expect([first.status, first.text]).toEqual([200, '{"result":{"data":{}}}'])
    expect(first.headers.getSetCookie()).toEqual(['session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax'])
    expect(reasonIn(await get(app.url, 'account.me', cookies[0]))).toBe('SESSION_EXPIRED')
    expect((await post(app.url, 'auth.logout', {}, cookies[0])).status).toBe(200)
    expect((await post(app.url, 'auth.logout', {})).status).toBe(200)
  })

  test('does not end sessions on other devices', async () => {
    await using app = await testApp({ databaseKind })
    await app.api.auth.signup.mutate(signupInput(ada))
    const phone = app.newClient()
    await phone.auth.login.mutate(ada)
    await phone.auth.logout.mutate()
    expect(await phone.auth.session.query()).toBeNull()
    expect(await app.api.account.me.query()).toMatchObject({ username: 'ada' })
  })
})

describeOnEach('auth.session', (databaseKind) => {
  test('returns the signed-in user, or null without a session', async () => {
    await using app = await testApp({ databaseKind })
    expect(await app.api.auth.session.query()).toBeNull()
    const { user } = await app.api.auth.signup.mutate(signupInput(ada))
    const now = app.clock.now()
    expect(await app.api.auth.session.query()).toEqual({
      user,
      session: {
        id: expect.any(String),
        createdAt: new Date(now).toISOString(),
        lastSeenAt: new Date(now).toISOString(),
        expiresAt: new Date(now + 3_600_000).toISOString(),
        ip: '127.0.0.1',
        userAgent: 'node',
        current: true,
        methods: ['pwd'],
        level: 1,
      },
      stateFingerprint: expect.stringMatching(/^[\w-]{16}$/),
    })
  })

  test('never renews the session', async () => {
    await using app = await testApp({ databaseKind })
    const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
    app.clock.advance(30 * 60_000)
    const answer = await get(app.url, 'auth.session', cookies[0])
    expect(answer.headers.getSetCookie()).toEqual([])
    app.clock.advance(31 * 60_000)
    expect(JSON.parse((await get(app.url, 'auth.session', cookies[0])).text)).toEqual({
      result: { data: null },
    })
  })
})

describeOnEach('elevation', (databaseKind) => {
  test('sets a new token, invalidates the old one, and keeps the session', async () => {
    await using app = await testApp({ databaseKind })
    const signedUp = await post(app.url, 'auth.signup', signupInput(ada))
    const before = JSON.parse((await get(app.url, 'auth.session', signedUp.cookies[0])).text).result.data
      .session
    app.clock.advance(60_000)
    const elevated = await post(app.url, 'auth.elevate', { password: ada.password }, signedUp.cookies[0])
    const sudoUntil = new Date(app.clock.now() + 600_000).toISOString()
    expect(JSON.parse(elevated.text)).toEqual({ result: { data: { sudoUntil } } })
    expect(reasonIn(await get(app.url, 'account.me', signedUp.cookies[0]))).toBe('SESSION_EXPIRED')
    const after = JSON.parse((await get(app.url, 'auth.session', elevated.cookies[0])).text).result.data
      .session
    expect(after.id).toBe(before.id)
  })

  test('fails with INVALID_CREDENTIALS for a wrong password, and changes nothing', async () => {
    await using app = await testApp({ databaseKind })
    const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
    const answer = await post(app.url, 'auth.elevate', { password: 'wrong' }, cookies[0])
    expect([reasonIn(answer), answer.cookies]).toEqual(['INVALID_CREDENTIALS', []])
    expect((await get(app.url, 'account.me', cookies[0])).status).toBe(200)
  })

  test('requires a session', async () => {
    await using app = await testApp({ databaseKind })
    expect(await failure(app.api.auth.elevate.mutate({ password: 'x' }))).toEqual({
      reason: 'UNAUTHENTICATED',
    })
  })

  test('fails with BUSY when the hash queue is full', async () => {
    await using app = await testApp({ databaseKind, settings: { hashConcurrency: 1, hashQueue: 0 } })
    await app.api.auth.signup.mutate(signupInput(ada))
    using _held = await occupyHashSlot(app)
    expect(await failure(app.api.auth.elevate.mutate({ password: ada.password }))).toMatchObject({
      reason: 'BUSY',
    })
  })
})
