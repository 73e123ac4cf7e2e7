import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { password, signUp, unknownId } from '../support/actors.ts'
import { auditRows, eventsOf } from '../support/audit-rows.ts'
import { failure, get, post, reasonIn } from '../support/raw-call.ts'

const ada = { username: 'ada', password }
const minute = 60_000

/** Logs Ada in on another device, a second later. */
async function anotherDevice(app: TestApp, remember = false) {
  app.clock.advance(1_000)
  const api = app.newClient()
  await api.auth.login.mutate({ ...ada, remember })
  const session = (await api.auth.session.query())?.session
  return { api, id: session?.id ?? 'no session' }
}

describeOnEach('the list of own sessions', (databaseKind) => {
  test('shows the current one first, then the newest', async () => {
    await using app = await testApp({ databaseKind })
    const first = await signUp(app, 'ada')
    const phone = await anotherDevice(app)
    const tablet = await anotherDevice(app)
    await signUp(app, 'eve')
    const [current, ...others] = await phone.api.sessions.list.query()
    expect(current).toEqual((await phone.api.auth.session.query())?.session)
    expect(current).toMatchObject({ id: phone.id, current: true })
    const firstId = (await first.api.auth.session.query())?.session.id
    expect(others.map(({ id, current: isCurrent }) => [id, isCurrent])).toEqual([
      [tablet.id, false],
      [firstId, false],
    ])
  })

  test('contains only live sessions', async () => {
    await using app = await testApp({ databaseKind })
    await signUp(app, 'ada')
    const phone = await anotherDevice(app, true)
    app.clock.advance(61 * minute)
    expect((await phone.api.sessions.list.query()).map(({ id }) => id)).toEqual([phone.id])
  })

  test('requires a session', async () => {
    await using app = await testApp({ databaseKind })
    expect(await failure(app.api.sessions.list.query())).toEqual({ reason: 'UNAUTHENTICATED' })
    await app.api.auth.signup.mutate(signupInput(ada))
    app.clock.advance(61 * minute)
    expect(await failure(app.api.sessions.list.query())).toEqual({ reason: 'SESSION_EXPIRED' })
  })
})

describeOnEach('ending a session', (databaseKind) => {
  test('ends that session, and records it without its id', async () => {
    await using app = await testApp({ databaseKind })
    const first = await signUp(app, 'ada')
    const phone = await anotherDevice(app)
    const tablet = await anotherDevice(app)
    const revoke = () => first.api.sessions.revoke.mutate({ id: phone.id })
    expect(await eventsOf(app, revoke)).toEqual(['session-revoked'])
    expect(await failure(phone.api.account.me.query())).toEqual({ reason: 'SESSION_EXPIRED' })
    expect(await failure(tablet.api.account.me.query())).toBeUndefined()
    const event = (await auditRows(app)).find(({ event: name }) => name === 'session-revoked')
    expect(event).toMatchObject({ actor_id: first.id, subject: first.id, detail: null })
    expect(JSON.stringify(event)).not.toContain(phone.id)
  })

  test('clears the cookie for the current session', async () => {
    await using app = await testApp({ databaseKind })
    const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
    const id = JSON.parse((await get(app.url, 'auth.session', cookies[0])).text).result.data.session.id
    const answer = await post(app.url, 'sessions.revoke', { id }, cookies[0])
    expect([answer.status, answer.text]).toEqual([200, '{"result":{"data":{}}}'])
    expect(answer.headers.getSetCookie()).toEqual(['session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax'])
    expect(reasonIn(await get(app.url, 'account.me', cookies[0]))).toBe('SESSION_EXPIRED')
  })

  test('fails with NOT_FOUND for an unknown session, another user’s, an expired one, and an ended one', async () => {
    await using app = await testApp({ databaseKind })
    await signUp(app, 'ada')
    const over = (await anotherDevice(app)).id
    const current = await anotherDevice(app, true)
    const eve = await signUp(app, 'eve')
    const foreign = (await eve.api.auth.session.query())?.session.id ?? ''
    app.clock.advance(59 * minute)
    await eve.api.account.me.query()
    app.clock.advance(2 * minute)
    await current.api.auth.elevate.mutate({ password })
    const ended = (await anotherDevice(app)).id
    await current.api.sessions.revoke.mutate({ id: ended })
    const written = await eventsOf(app, async () => {
      for (const id of [unknownId, foreign, over, ended]) {
        expect(await failure(current.api.sessions.revoke.mutate({ id }))).toEqual({ reason: 'NOT_FOUND' })
      }
    })
    expect(written).toEqual([])
    expect(await failure(eve.api.account.me.query())).toBeUndefined()
  })

  test('fails with INVALID_INPUT for a malformed id', async () => {
    await using app = await testApp({ databaseKind })
    const me = await signUp(app, 'ada')
    expect(await failure(me.api.sessions.revoke.mutate({ id: 'all' }))).toEqual({
      reason: 'INVALID_INPUT',
      fields: { id: ['This is not an id.'] },
      form: [],
    })
  })

  test('requires recent authentication before the id is checked', async () => {
    await using app = await testApp({ databaseKind })
    const me = await signUp(app, 'ada')
    app.clock.advance(11 * minute)
    const refused = { reason: 'REAUTH_REQUIRED', methods: ['password'] }
    expect(await failure(me.api.sessions.revoke.mutate({ id: 'x' }))).toEqual(refused)
    expect(await failure(me.api.sessions.revokeOthers.mutate())).toEqual(refused)
    await me.api.auth.elevate.mutate({ password })
    expect(await failure(me.api.sessions.revoke.mutate({ id: unknownId }))).toEqual({ reason: 'NOT_FOUND' })
  })

  test('two concurrent calls end it once', async () => {
    await using app = await testApp({ databaseKind })
    const me = await signUp(app, 'ada')
    const phone = await anotherDevice(app)
    const revoke = () => failure(me.api.sessions.revoke.mutate({ id: phone.id }))
    const written = await eventsOf(app, async () => {
      const outcomes = await Promise.all([revoke(), revoke()])
      expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1)
      expect(outcomes).toContainEqual({ reason: 'NOT_FOUND' })
    })
    expect(written).toEqual(['session-revoked'])
  })
})

describeOnEach('ending every other session', (databaseKind) => {
  test('keeps the current one, counts the live ones, and removes the known devices', async () => {
    await using app = await testApp({ databaseKind })
    const first = await signUp(app, 'ada')
    const eve = await signUp(app, 'eve')
    app.clock.advance(61 * minute)
    const phone = await anotherDevice(app)
    const tablet = await anotherDevice(app)
    const written = await eventsOf(app, async () => {
      expect(await tablet.api.sessions.revokeOthers.mutate()).toEqual({ endedSessions: 1 })
    })
    expect(written).toEqual(['sessions-revoked'])
    expect(await failure(phone.api.account.me.query())).toEqual({ reason: 'SESSION_EXPIRED' })
    expect(await tablet.api.sessions.list.query()).toHaveLength(1)
    const devices = await app.services.db.read
      .selectFrom('known_devices')
      .select('user_id')
      .where('user_id', '=', first.id)
      .execute()
    expect(devices).toHaveLength(1)
    await eve.api.auth.login.mutate({ ...ada, username: 'eve' })
    expect(await tablet.api.sessions.revokeOthers.mutate()).toEqual({ endedSessions: 0 })
    expect(await failure(eve.api.account.me.query())).toBeUndefined()
  })
})
