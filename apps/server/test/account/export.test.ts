import { text as readText } from 'node:stream/consumers'
import { createClient } from '@app/client'
import { AccountExport } from '@app/contract'
import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { addAdmin, newUser, password, signUp } from '../support/actors.ts'
import { auditRows, eventsOf } from '../support/audit-rows.ts'
import { blockWriter } from '../support/block-writer.ts'
import { failure, get, post, reasonIn } from '../support/raw-call.ts'
import { readExport } from '../support/read-export.ts'

const ada = { username: 'ada', password: 'canary password battery' }

describeOnEach('the export of own data', (databaseKind) => {
  test('contains all data of the account and none of others', async () => {
    await using app = await testApp({ databaseKind })
    const root = await addAdmin(app, 'root')
    const phone = app.newClient()
    await phone.auth.signup.mutate(signupInput({ ...ada, name: 'Ada Lovelace', email: 'ada@example.org' }))
    const grace = await signUp(app, 'grace', { email: 'grace@example.org' })
    await grace.api.account.updateProfile.mutate({ name: 'the name of grace' })
    app.clock.advance(1)
    const tablet = app.newClient()
    await tablet.auth.login.mutate(ada)
    const user = await tablet.account.me.query()
    const usedAt = new Date(app.clock.now()).toISOString()
    app.clock.advance(1)
    await root.api.users.setRole.mutate({ id: user.id, role: 'admin' })
    app.clock.advance(1)

    const exported = await readExport(tablet)
    expect(exported).toMatchObject({
      exportedAt: new Date(app.clock.now()).toISOString(),
      profile: { ...user, role: 'admin' },
      emails: [{ address: 'ada@example.org', verifiedAt: null }],
      sessions: await tablet.sessions.list.query(),
      knownDevices: expect.arrayContaining([{ lastUsedAt: usedAt }]),
      activity: (await tablet.account.activity.query({ limit: 100 })).items,
    })
    expect(exported.sessions).toHaveLength(2)
    expect(exported.activity.map(({ event }) => event)).toEqual([
      'exported',
      'role-changed',
      'login',
      'signup',
    ])
    expect(JSON.stringify(exported)).not.toContain('grace')
  })

  test('is a JSON file with one record a line, the same for the typed client and for curl', async () => {
    await using app = await testApp({ databaseKind })
    const { api, cookie } = await newUser(app)
    await api.account.updateProfile.mutate({ name: 'quotes " and "activity":[]' })
    const { status, headers, text } = await get(app.url, 'account.export', cookie)
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8'])
    expect(AccountExport.parse(JSON.parse(text)).profile.name).toBe('quotes " and "activity":[]')
    expect(text).toMatch(/"activity":\[\n(\{"id":.*\},?\n)+\]\n\}\n$/)
    const typed = await readText(await api.account.export.query())
    const linesOf = (file: string) => file.split('\n').map((line) => line.replace(/,$/, ''))
    // The second export contains the event of the first.
    expect(linesOf(typed).filter((line) => !linesOf(text).includes(line))).toEqual([
      expect.stringContaining('"exported"'),
    ])
  })

  test('contains no secret', async () => {
    await using app = await testApp({ databaseKind })
    await post(app.url, 'auth.signup', signupInput(ada))
    await failure(app.newClient().auth.login.mutate({ ...ada, password: 'canary mistyped battery' }))
    const login = await post(app.url, 'auth.login', ada)
    const cookie = login.cookies.join('; ')
    const { text } = await get(app.url, 'account.export', cookie)
    expect(text).toContain('"username":"ada"')
    const { read } = app.services.db
    const secrets = [
      'canary',
      ...login.cookies.flatMap((line) => line.slice(line.indexOf('=') + 1).split('.')),
      ...(await read.selectFrom('sessions').select('token_hash').execute()).map((row) => row.token_hash),
      ...(await read.selectFrom('password_credentials').select('hash').execute()).map((row) => row.hash),
      ...(await read.selectFrom('known_devices').select('device_hash').execute()).map(
        (row) => row.device_hash,
      ),
      ...(await read.selectFrom('retired_username_key').select('key').execute()).map((row) => row.key),
    ]
    expect(secrets.length).toBeGreaterThan(6)
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(5)
      expect(text).not.toContain(secret)
    }
    expect(text.replace(/"accessTokens":/, '')).not.toMatch(/hash|\$2b\$|secret|token/i)
  })

  test('writes exactly one event, and changes nothing else', async () => {
    await using app = await testApp({ databaseKind })
    const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
    const rows = async () =>
      Promise.all([
        app.services.db.read.selectFrom('users').selectAll().execute(),
        app.services.db.read.selectFrom('sessions').selectAll().execute(),
      ])
    const before = await rows()
    const written = await eventsOf(app, async () => {
      const answer = await get(app.url, 'account.export', cookies[0])
      expect([answer.status, answer.headers.getSetCookie()]).toEqual([200, []])
    })
    expect(written).toEqual(['exported'])
    expect(await rows()).toEqual(before)
    const event = (await auditRows(app)).find((row) => row.event === 'exported')
    expect(event).toMatchObject({ actor_kind: 'user', ip: '127.0.0.1', detail: null })
    expect(event?.actor_id).toBe(event?.subject)
  })

  test('requires recent authentication, and records no event without one', async () => {
    await using app = await testApp({ databaseKind })
    const me = await signUp(app, 'ada')
    app.clock.advance(11 * 60_000)
    const written = await eventsOf(app, async () => {
      expect(await failure(app.newClient().account.export.query())).toEqual({ reason: 'UNAUTHENTICATED' })
      expect(await failure(me.api.account.export.query())).toEqual({
        reason: 'REAUTH_REQUIRED',
        methods: ['password'],
      })
    })
    expect(written).toEqual([])
    await me.api.auth.elevate.mutate({ password })
    expect(await failure(me.api.account.export.query())).toBeUndefined()
  })

  test('is RATE_LIMITED after 20 in an hour, for one account and not for others', async () => {
    await using app = await testApp({ databaseKind })
    const [me, grace] = [await signUp(app, 'ada'), await signUp(app, 'grace')]
    for (let count = 0; count < 20; count += 1) {
      await app.services.rateLimits.consume('exportsPerUser', me.id)
    }
    const written = await eventsOf(app, async () => {
      expect(await failure(me.api.account.export.query())).toMatchObject({
        reason: 'RATE_LIMITED',
        retryAfterSeconds: expect.any(Number),
      })
    })
    expect(written).toEqual([])
    expect(await failure(grace.api.account.export.query())).toBeUndefined()
  })
})

// On SQLite, where one writer can block all others.
test('export: fails when its event cannot be written', async () => {
  await using app = await testApp({ database: { waitMs: 50 } })
  const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
  await using _ = await blockWriter(app)
  const answer = await get(app.url, 'account.export', cookies[0])
  expect([reasonIn(answer), answer.text.includes('"username"')]).toEqual(['UNAVAILABLE', false])
})

test('export: a page that a proxy sends in its place is a failure, and no file', async () => {
  const page = async () => new Response('<h1>Log in</h1>', { headers: { 'content-type': 'text/html' } })
  const client = createClient('https://accounts.example.org', { fetch: page })
  expect(await failure(client.account.export.query())).toEqual({ reason: 'UNREACHABLE' })
})
