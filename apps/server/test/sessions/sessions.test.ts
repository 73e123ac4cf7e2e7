import { createHash } from 'node:crypto'
import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { runBeforeNextWrite } from '../support/delay-writes.ts'
import { failure, get, post, reasonIn } from '../support/raw-call.ts'

const ada = { username: 'ada', password: 'correct horse battery' }
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Signs a user up and returns the cookie. */
async function signUp(app: TestApp, remember = false): Promise<string> {
  const { cookies } = await post(app.url, 'auth.signup', signupInput({ ...ada, remember }))
  return cookies[0] ?? 'no cookie'
}

/** Calls a protected procedure. @returns the cookie to send from now on, or the reason of the failure */
async function call(
  app: TestApp,
  cookie: string,
): Promise<{ reason: unknown; cookie: string; renewed: boolean }> {
  const answer = await get(app.url, 'account.me', cookie)
  return { reason: reasonIn(answer), cookie: answer.cookies[0] ?? cookie, renewed: answer.cookies.length > 0 }
}

describeOnEach('the expiry of a session', (databaseKind) => {
  test.each([
    ['a session cookie', false, hour],
    ['remember me', true, 14 * day],
  ])('%s: idle expiry', async (_name, remember, idle) => {
    await using app = await testApp({ databaseKind })
    const cookie = await signUp(app, remember)
    app.clock.advance(idle - 1_000)
    expect((await get(app.url, 'auth.session', cookie)).text).toContain('"username":"ada"')
    app.clock.advance(1_000)
    expect((await call(app, cookie)).reason).toBe('SESSION_EXPIRED')
  })

  test.each([
    ['a session cookie', false, 50 * minute, day],
    ['remember me', true, 13 * day, 30 * day],
  ])('%s: absolute expiry, even in use', async (_name, remember, step, absolute) => {
    await using app = await testApp({ databaseKind })
    let cookie = await signUp(app, remember)
    const end = app.clock.now() + absolute
    while (app.clock.now() + step < end) {
      app.clock.advance(step)
      const { reason, cookie: next } = await call(app, cookie)
      expect(reason).toBeUndefined()
      cookie = next
    }
    const { result } = JSON.parse((await get(app.url, 'auth.session', cookie)).text)
    expect(Date.parse(result.data.session.expiresAt)).toBe(end)
    app.clock.advance(end - app.clock.now())
    expect((await call(app, cookie)).reason).toBe('SESSION_EXPIRED')
  })

  test('the cookie of "remember me" never outlasts the absolute expiry', async () => {
    await using app = await testApp({ databaseKind })
    let cookie = await signUp(app, true)
    for (const _ of [1, 2]) {
      app.clock.advance(13 * day)
      cookie = (await call(app, cookie)).cookie
    }
    app.clock.advance(2 * day)
    const answer = await get(app.url, 'account.me', cookie)
    expect(answer.headers.getSetCookie()[0]).toContain(`Max-Age=${(2 * day) / 1_000}`)
  })

  test('an expired one is deleted by the next log-in of any user', async () => {
    await using app = await testApp({ databaseKind })
    await signUp(app)
    const grace = { ...ada, username: 'grace' }
    await post(app.url, 'auth.signup', signupInput({ ...grace, remember: true }))
    app.clock.advance(day)
    await post(app.url, 'auth.login', grace)
    const rows = await app.services.db.read.selectFrom('sessions').select('ends_at').orderBy('id').execute()
    const now = app.clock.now()
    expect(rows.map(({ ends_at: endsAt }) => endsAt)).toEqual([now + 29 * day, now + day])
  })
})

describeOnEach('the renewal of a session', (databaseKind) => {
  test('happens after a tenth of the idle time, not before', async () => {
    await using app = await testApp({ databaseKind })
    const cookie = await signUp(app)
    app.clock.advance(6 * minute - 1_000)
    expect((await call(app, cookie)).renewed).toBe(false)
    app.clock.advance(1_000)
    expect((await call(app, cookie)).renewed).toBe(true)
  })

  test('keeps the old token valid until its own expiry, so that a lost response does no harm', async () => {
    await using app = await testApp({ databaseKind })
    const cookie = await signUp(app)
    app.clock.advance(30 * minute)
    const lost = await call(app, cookie)
    expect(lost.renewed).toBe(true)
    const again = await call(app, cookie)
    expect([again.reason, again.renewed]).toEqual([undefined, true])
    app.clock.advance(31 * minute)
    expect((await call(app, again.cookie)).reason).toBeUndefined()
    expect((await call(app, cookie)).reason).toBe('SESSION_EXPIRED')
  })

  test('is written by one of 16 concurrent calls', async () => {
    await using app = await testApp({ databaseKind })
    const cookie = await signUp(app)
    app.clock.advance(30 * minute)
    const results = await Promise.all(Array.from({ length: 16 }, () => call(app, cookie)))
    for (const { reason } of results) expect(reason).toBeUndefined()
    const [row] = await app.services.db.read.selectFrom('sessions').selectAll().execute()
    expect(row).toMatchObject({ last_seen_at: app.clock.now(), idle_until: app.clock.now() + hour })
    for (const { cookie: next } of results) expect((await call(app, next)).reason).toBeUndefined()
  })

  test('sets no cookie if the session gets another token before the renewal is written', async () => {
    await using app = await testApp({ databaseKind })
    const cookie = await signUp(app)
    app.clock.advance(30 * minute)
    const confirmed = { cookies: [''] }
    runBeforeNextWrite(app, async () => {
      Object.assign(confirmed, await post(app.url, 'auth.elevate', { password: ada.password }, cookie))
    })
    const { reason, renewed } = await call(app, cookie)
    expect([reason, renewed]).toEqual([undefined, false])
    expect((await call(app, confirmed.cookies[0] ?? '')).reason).toBeUndefined()
  })

  test('is skipped when it cannot be written, and the call succeeds', async () => {
    await using app = await testApp({ databaseKind, database: { waitMs: 2_000 } })
    const cookie = await signUp(app)
    app.clock.advance(30 * minute)
    const locked = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    const holder = app.services.db.write(async (tx) => {
      await tx.updateTable('sessions').set({ amr: 'pwd' }).execute()
      locked.resolve()
      await release.promise
    })
    await locked.promise
    const { reason, renewed } = await call(app, cookie)
    release.resolve()
    await holder
    expect([reason, renewed]).toEqual([undefined, false])
  })
})

describeOnEach('the rights of a session', (databaseKind) => {
  test('follow a new role, a new name and a disabled account on the next call', async () => {
    await using app = await testApp({ databaseKind })
    await app.api.auth.signup.mutate(signupInput(ada))
    const change = (set: { role?: 'admin'; disabled_at?: number }) =>
      app.services.db.write((tx) => tx.updateTable('users').set(set).where('username', '=', 'ada').execute())
    await change({ role: 'admin' })
    expect(await app.api.account.me.query()).toMatchObject({ role: 'admin' })
    await change({ disabled_at: app.clock.now() })
    expect(await failure(app.api.account.me.query())).toEqual({ reason: 'SESSION_EXPIRED' })
    expect(await app.api.auth.session.query()).toBeNull()
  })

  test('end with a removed account', async () => {
    await using app = await testApp({ databaseKind })
    await app.api.auth.signup.mutate(signupInput(ada))
    await app.services.db.write((tx) => tx.deleteFrom('users').where('username', '=', 'ada').execute())
    expect(await failure(app.api.account.me.query())).toEqual({ reason: 'SESSION_EXPIRED' })
  })
})

describeOnEach('signed tokens that match no session', (databaseKind) => {
  test.each(['sessionId', 'userId', 'tokenId'] as const)(
    'with another %s fail with SESSION_EXPIRED',
    async (part) => {
      await using app = await testApp({ databaseKind })
      const { user } = await app.api.auth.signup.mutate(signupInput(ada))
      const eve = await app.newClient().auth.signup.mutate(signupInput({ ...ada, username: 'eve' }))
      const tokenId = 'a token id that we know because we made it'
      const token_hash = createHash('sha256').update(tokenId).digest('base64url')
      await app.services.db.write((tx) =>
        tx.updateTable('sessions').set({ token_hash }).where('user_id', '=', user.id).execute(),
      )
      const [session] = await app.services.db.read
        .selectFrom('sessions')
        .selectAll()
        .where('user_id', '=', user.id)
        .execute()
      const claims = {
        sessionId: session?.id ?? '',
        userId: user.id,
        tokenId,
        issuedAt: app.clock.now(),
        expiresAt: app.clock.now() + hour,
      }
      const cookie = (changed: object) =>
        `session=${app.services.sessionTokens.sign({ ...claims, ...changed })}`
      expect((await call(app, cookie({}))).reason).toBeUndefined()
      const foreign = { sessionId: eve.user.id, userId: eve.user.id, tokenId: 'another' }
      expect((await call(app, cookie({ [part]: foreign[part] }))).reason).toBe('SESSION_EXPIRED')
    },
  )
})

describeOnEach('cookies without a session', (databaseKind) => {
  test('fail with UNAUTHENTICATED: none, garbage, truncated, doubled', async () => {
    await using app = await testApp({ databaseKind })
    const cookie = await signUp(app)
    const reasons = await Promise.all(
      [
        '',
        'session=',
        'session=garbage',
        cookie.slice(0, -2),
        `${cookie}; ${cookie}`,
        `${cookie}; session=x`,
      ].map(async (header) => (await call(app, header)).reason),
    )
    expect(new Set(reasons)).toEqual(new Set(['UNAUTHENTICATED']))
    expect((await call(app, `other=1; ${cookie}; x=y`)).reason).toBeUndefined()
  })

  test('are never cleared by a failed call', async () => {
    await using app = await testApp({ databaseKind })
    const cookie = await signUp(app)
    app.clock.advance(2 * hour)
    for (const header of [cookie, 'session=garbage']) {
      expect((await get(app.url, 'account.me', header)).cookies).toEqual([])
    }
  })
})

describeOnEach('the rotation of secrets', (databaseKind) => {
  test('logs no user out, and signs the next renewal with the newest', async () => {
    const [old, newest] = ['o'.repeat(32), 'n'.repeat(32)]
    await using before = await testApp({ databaseKind, settings: { authSecrets: [old] } })
    let cookie = await signUp(before)
    await using after = await testApp({
      databaseUrl: before.databaseUrl,
      clock: before.clock,
      settings: { authSecrets: [newest, old] },
    })
    expect((await call(after, cookie)).reason).toBeUndefined()
    before.clock.advance(10 * minute)
    cookie = (await call(after, cookie)).cookie
    expect((await call(before, cookie)).reason).toBe('UNAUTHENTICATED')
  })
})
