import { signupInput } from '@app/contract/testing'
import { describeOnEach, everyRow } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { addAdmin, password, signUp } from '../support/actors.ts'
import { auditRows, eventsOf } from '../support/audit-rows.ts'
import { failure, get, post } from '../support/raw-call.ts'

const day = 24 * 3_600_000

describeOnEach('recorded events', (databaseKind) => {
  test('are one for everything that happens to an account', async () => {
    await using app = await testApp({ databaseKind })
    const root = await addAdmin(app, 'root')
    const ada = { username: 'ada', password }
    const device = app.newClient()
    const phone = app.newClient()
    const newPassword = 'a much better battery'
    const id = async () => (await device.account.me.query()).id
    const steps: [string[], () => Promise<unknown>][] = [
      [['signup'], () => device.auth.signup.mutate(signupInput(ada))],
      [[], () => failure(app.newClient().auth.signup.mutate(signupInput(ada)))],
      [['login'], () => phone.auth.login.mutate(ada)],
      [['login-failed'], () => failure(app.newClient().auth.login.mutate({ ...ada, password: 'wrong' }))],
      [['login-failed'], () => failure(app.newClient().auth.login.mutate({ ...ada, username: 'unknown' }))],
      [['elevated'], () => phone.auth.elevate.mutate({ password })],
      [['elevation-failed'], () => failure(phone.auth.elevate.mutate({ password: 'wrong' }))],
      [['logout'], () => phone.auth.logout.mutate()],
      [[], () => phone.auth.logout.mutate()],
      // A login over a live session ends that session.
      [['login'], () => device.auth.login.mutate(ada)],
      [
        ['password-change-failed'],
        () => failure(device.account.changePassword.mutate({ currentPassword: 'wrong', newPassword })),
      ],
      [
        ['password-changed'],
        () => device.account.changePassword.mutate({ currentPassword: password, newPassword }),
      ],
      [['role-changed'], async () => root.api.users.setRole.mutate({ id: await id(), role: 'admin' })],
      [[], async () => root.api.users.setRole.mutate({ id: await id(), role: 'admin' })],
      [['login'], () => phone.auth.login.mutate({ ...ada, password: newPassword })],
      [['sessions-revoked'], () => device.sessions.revokeOthers.mutate()],
      [[], () => device.sessions.revokeOthers.mutate()],
      [['exported'], () => device.account.export.query()],
      [
        [],
        () =>
          Promise.all([device.account.me.query(), device.sessions.list.query(), device.audit.list.query()]),
      ],
      [['closed'], () => device.account.close.mutate()],
    ]
    for (const [expected, step] of steps) expect(await eventsOf(app, step)).toEqual(expected)
  })

  test.each(['auth.login', 'auth.signup'])(
    'name the user whom %s as another user logs out in the same browser',
    async (path) => {
      await using app = await testApp({ databaseKind })
      const ada = await signUp(app, 'ada')
      const grace = { username: 'grace', password }
      if (path === 'auth.login') await app.newClient().auth.signup.mutate(signupInput(grace))
      const input = path === 'auth.login' ? grace : signupInput(grace)
      const here = await post(app.url, 'auth.login', { username: 'ada', password })
      app.clock.advance(1)
      const written = await eventsOf(app, () => post(app.url, path, input, here.cookies[0]))
      expect(written).toEqual(['session-revoked', path.slice('auth.'.length)])
      const { items } = await ada.api.account.activity.query()
      expect(items[0]).toMatchObject({
        event: 'session-revoked',
        actor: { kind: 'user', username: 'grace' },
        subject: { id: ada.id },
        ip: null,
      })
    },
  )

  test('contain their request', async () => {
    await using app = await testApp({ databaseKind })
    const answer = await post(app.url, 'auth.signup', signupInput({ username: 'ada', password }))
    expect(await auditRows(app)).toMatchObject([
      {
        at: app.clock.now(),
        event: 'signup',
        actor_kind: 'user',
        ip: '127.0.0.1',
        user_agent: 'node',
        request_id: answer.headers.get('x-request-id'),
      },
    ])
  })

  test('contain no secret', async () => {
    await using app = await testApp({ databaseKind })
    const ada = { username: 'ada', password: 'canary password battery' }
    const signedUp = await post(app.url, 'auth.signup', signupInput(ada))
    await post(app.url, 'auth.login', { ...ada, password: 'canary mistyped' })
    await post(app.url, 'auth.login', { username: 'canary typed as a name', password: 'canary' })
    await post(app.url, 'auth.elevate', { password: 'canary elevation' }, signedUp.cookies[0])
    const change = { currentPassword: ada.password, newPassword: 'canary is the new battery' }
    const changed = await post(app.url, 'account.changePassword', change, signedUp.cookies[0])
    expect(changed.status).toBe(200)
    await get(app.url, 'account.export', changed.cookies[0])
    const written = (await everyRow(app.databaseUrl)).get('audit_events') ?? []
    expect(written).toHaveLength(6)
    const tokens = [...signedUp.cookies, ...changed.cookies].flatMap((line) =>
      line.slice(line.indexOf('=') + 1).split('.'),
    )
    for (const secret of ['canary', 'bcrypt', ...tokens]) {
      for (const row of written) expect(row).not.toContain(secret)
    }
  })
})

describeOnEach('old events', (databaseKind) => {
  test('are deleted after 180 days, ten with each new one', async () => {
    await using app = await testApp({ databaseKind })
    await signUp(app, 'ada')
    app.clock.advance(10 * day)
    const root = await addAdmin(app, 'root')
    const old = Array.from({ length: 25 }, (_, index) => ({
      // Gives the rows the oldest possible ids, of 1970.
      id: `00000000-00${String(index).padStart(2, '0')}-7000-8000-000000000000`,
      at: index,
      event: 'login',
      actor_kind: 'anonymous' as const,
      actor_id: null,
      subject: null,
      ip: null,
      user_agent: null,
      request_id: null,
      detail: null,
    }))
    await app.services.db.write((tx) => tx.insertInto('audit_events').values(old).execute())
    const left = async () => (await auditRows(app)).filter(({ at }) => at < 25).map(({ at }) => at)
    const elevate = () => root.api.auth.elevate.mutate({ password })
    await elevate()
    expect(await left()).toEqual(Array.from({ length: 15 }, (_, index) => index + 10))
    await elevate()
    await elevate()
    expect(await left()).toEqual([])
  })

  test('are kept for 180 days to the millisecond', async () => {
    await using app = await testApp({ databaseKind })
    await signUp(app, 'ada')
    app.clock.advance(170 * day)
    await signUp(app, 'ben')
    app.clock.advance(10 * day)
    await signUp(app, 'eve')
    expect(await auditRows(app)).toHaveLength(3)
    app.clock.advance(1)
    await signUp(app, 'grace')
    const rows = await auditRows(app)
    expect(rows.map(({ at }) => app.clock.now() - at)).toEqual([10 * day + 1, 1, 0])
  })

  test('are kept for a week after a clock jumped ahead by a year, and then deleted', async () => {
    await using app = await testApp({ databaseKind })
    const has = async (id: string) => (await auditRows(app)).some(({ subject }) => subject === id)
    const ada = await signUp(app, 'ada')
    app.clock.advance(365 * day)
    await signUp(app, 'ben')
    app.clock.advance(7 * day)
    await signUp(app, 'eve')
    expect(await has(ada.id)).toBe(true)
    app.clock.advance(1)
    await signUp(app, 'grace')
    expect(await has(ada.id)).toBe(false)
  })

  test('are deleted once by concurrent sweeps', async () => {
    await using app = await testApp({ databaseKind, settings: { limits: 'relaxed', hashQueue: 100 } })
    await Promise.all(Array.from({ length: 30 }, (_, index) => signUp(app, `user-${index}`)))
    app.clock.advance(171 * day)
    await signUp(app, 'ada')
    app.clock.advance(10 * day)
    await Promise.all(Array.from({ length: 12 }, (_, index) => signUp(app, `late-${index}`)))
    expect(await auditRows(app)).toHaveLength(13)
  })
})
