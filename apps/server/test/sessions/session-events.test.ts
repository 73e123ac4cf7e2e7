import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newAdmin, newUser, password } from '../support/actors.ts'
import type { CookieActor } from '../support/actors.ts'
import { openStream } from '../support/event-stream.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'
import { act, listen, streamAddress } from '../support/session-streams.ts'
import { sessionOf } from '../support/valid-inputs.ts'
import { confirmAddress } from '../support/verification-mails.ts'

const minute = 60_000
const hour = 60 * minute

/** Changes of a user, seen by the server that makes them and by another one. */
interface Scene {
  app: TestApp
  listener: CookieActor
  /** The cookie of another device of the listener. */
  phone: string
  root: CookieActor
}
type Happening = (scene: Scene) => Promise<unknown>

const endings: Record<string, Happening> = {
  'log-out in another tab': ({ app, listener }) => act(app, 'auth.logout', {}, listener.cookie),
  'a new log-in in another tab': ({ app, listener: { username, cookie } }) =>
    act(app, 'auth.login', { username, password }, cookie),
  'another user logs in in another tab': async ({ app, root, listener: { cookie } }) =>
    act(app, 'auth.login', { username: root.username, password }, cookie),
  'revoked from another device': async ({ app, listener, phone }) =>
    act(app, 'sessions.revoke', { id: await sessionOf(listener) }, phone),
  'all others ended by another device': ({ app, phone }) => act(app, 'sessions.revokeOthers', {}, phone),
  'the password is changed on another device': ({ app, phone }) =>
    act(app, 'account.changePassword', { currentPassword: password, newPassword: 'a better battery' }, phone),
  'the account is closed on another device': ({ app, phone }) => act(app, 'account.close', {}, phone),
  'an admin ends all sessions': ({ root, listener: { id } }) => root.api.users.revokeSessions.mutate({ id }),
  'an admin disables the account': ({ root, listener: { id } }) =>
    root.api.users.setDisabled.mutate({ id, disabled: true }),
  'an admin removes the account': ({ root, listener: { id } }) => root.api.users.remove.mutate({ id }),
}

const changes: Record<string, Happening> = {
  'another name': ({ app, phone }) => act(app, 'account.updateProfile', { name: 'Ada Lovelace' }, phone),
  'another role': ({ root, listener: { id } }) => root.api.users.setRole.mutate({ id, role: 'admin' }),
  'a fresh proof of the password in another tab': ({ app, listener: { cookie } }) => {
    app.clock.advance(minute)
    return act(app, 'auth.elevate', { password }, cookie)
  },
  'an address that is entered on another device': ({ app, phone }) =>
    act(app, 'email.change', { email: 'ada@example.org' }, phone),
  'a log-in on another device': ({ app, listener: { username } }) =>
    act(app, 'auth.login', { username, password }, ''),
  'a log-out on another device': ({ app, phone }) => act(app, 'auth.logout', {}, phone),
}

async function sceneOn(app: TestApp): Promise<Scene> {
  const listener = await newUser(app)
  const phone = await act(app, 'auth.login', { username: listener.username, password }, '')
  return { app, listener, phone, root: await newAdmin(app) }
}

describeOnEach('an event stream', (databaseKind) => {
  test.each(Object.entries(endings))('sends the end: %s', async (_name, happen) => {
    await using app = await testApp({ databaseKind })
    await using other = await testApp({ databaseUrl: app.databaseUrl, clock: app.clock })
    const scene = await sceneOn(app)
    await using here = await listen(app, scene.listener.cookie)
    await using there = await listen(other, scene.listener.cookie)
    await happen(scene)
    expect(await here.message()).toEqual({ id: 'ended', data: { type: 'ended' } })
    expect(await here.rest()).toEqual([{ event: 'return', data: '' }])
    other.ticker.tick()
    expect(await there.message()).toEqual({ id: 'ended', data: { type: 'ended' } })
    expect(await there.rest()).toEqual([{ event: 'return', data: '' }])
    const again = await get(other.url, 'sessions.events', scene.listener.cookie)
    expect(reasonIn(again)).toBe('SESSION_EXPIRED')
  })

  test.each(Object.entries(changes))('sends a change: %s', async (_name, happen) => {
    await using app = await testApp({ databaseKind })
    await using other = await testApp({ databaseUrl: app.databaseUrl, clock: app.clock })
    const scene = await sceneOn(app)
    await using here = await listen(app, scene.listener.cookie)
    await using there = await listen(other, scene.listener.cookie)
    await happen(scene)
    const heard = await here.message()
    expect(heard).toEqual({ id: expect.not.stringMatching(here.firstId), data: { type: 'changed' } })
    other.ticker.tick()
    expect(await there.message()).toEqual(heard)
  })

  test('sends a change: an address is confirmed, and removed, on another device', async () => {
    await using app = await testApp({ databaseKind })
    const { listener, phone } = await sceneOn(app)
    await act(app, 'email.change', { email: 'ada@example.org' }, phone)
    await using stream = await listen(app, listener.cookie)
    // By a link, without a session.
    await confirmAddress(app, 'ada@example.org')
    expect(await stream.message()).toMatchObject({ data: { type: 'changed' } })
    await act(app, 'email.remove', {}, phone)
    expect(await stream.message()).toMatchObject({ data: { type: 'changed' } })
  })

  test.each([
    ['unused for the idle time', hour],
    ['at the absolute limit', 24 * hour],
  ])('ends at expiry, because a stream does not renew its session: %s', async (_name, end) => {
    await using app = await testApp({ databaseKind, settings: { sessionTimeouts: timeoutsOf(end) } })
    const { cookie } = await newUser(app)
    await using stream = await listen(app, cookie)
    expect(stream.response.headers.getSetCookie()).toEqual([])
    app.clock.advance(end - 1_000)
    app.ticker.tick()
    await using another = await openStream(streamAddress(app), { cookie })
    expect(await another.message()).toMatchObject({ data: { type: 'changed' } })
    expect(another.response.headers.getSetCookie()).toEqual([])
    app.clock.advance(1_000)
    app.ticker.tick()
    expect(await stream.message()).toMatchObject({ data: { type: 'ended' } })
    expect(await another.message()).toMatchObject({ data: { type: 'ended' } })
  })

  test('sends nothing about other users or the renewal of the session', async () => {
    await using app = await testApp({ databaseKind })
    const { listener, phone, root } = await sceneOn(app)
    await using stream = await listen(app, listener.cookie)
    await root.api.users.setRole.mutate({ id: (await newUser(app)).id, role: 'admin' })
    await post(app.url, 'auth.login', { username: listener.username, password: 'wrong' })
    app.clock.advance(10 * minute)
    expect((await get(app.url, 'account.me', listener.cookie)).cookies).toHaveLength(1)
    app.ticker.tick()
    await act(app, 'sessions.revokeOthers', {}, await elevated(app, phone))
    expect(await stream.message()).toMatchObject({ data: { type: 'ended' } })
  })

  test('that reconnects with the id of its last event sends only newer changes', async () => {
    await using app = await testApp({ databaseKind })
    const { listener, phone } = await sceneOn(app)
    await using first = await listen(app, listener.cookie)
    await first.close()
    const back = { cookie: listener.cookie, 'last-event-id': first.firstId }
    await using second = await openStream(streamAddress(app), back)
    await expect.poll(() => app.services.sessionStreams.count).toBe(1)
    await act(app, 'account.updateProfile', { name: 'Ada Lovelace' }, phone)
    const news = await second.message()
    expect(news).toEqual({ id: expect.not.stringMatching(first.firstId), data: { type: 'changed' } })
    await using third = await openStream(streamAddress(app), back)
    expect(await third.message()).toEqual(news)
  })

  test('of a replaced token reconnects with the new token, or not at all', async () => {
    await using app = await testApp({ databaseKind })
    const { listener } = await sceneOn(app)
    await using stream = await listen(app, listener.cookie)
    app.clock.advance(minute)
    const fresh = await elevated(app, listener.cookie)
    expect(await stream.message()).toMatchObject({ data: { type: 'changed' } })
    app.clock.advance(15_000)
    app.ticker.tick()
    // Without `return`, so that an EventSource reconnects.
    expect(await stream.rest()).toEqual([])
    expect(reasonIn(await get(app.url, 'sessions.events', listener.cookie))).toBe('SESSION_EXPIRED')
    expect(reasonIn(await get(app.url, 'sessions.events', fresh))).toBeUndefined()
  })
})

async function elevated(app: TestApp, cookie: string): Promise<string> {
  return act(app, 'auth.elevate', { password }, cookie)
}

function timeoutsOf(end: number) {
  return { idleMs: end, absoluteMs: end, rememberedIdleMs: end, rememberedAbsoluteMs: end }
}
