import { signupInput } from '@app/contract/testing'
import { createAdmin } from '@app/router'
import { describeOnEach, describeOnPostgres, everyRow } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { addAdmin, password, signUp } from '../support/actors.ts'
import { auditRows, eventsOf } from '../support/audit-rows.ts'
import { failure, get, post, reasonIn } from '../support/raw-call.ts'

const minute = 60_000

/** Creates a user with rows in every table. */
async function livelyAccount(app: TestApp, root: Awaited<ReturnType<typeof addAdmin>>) {
  const more = { name: 'Ada Lovelace', email: 'ada@example.org' }
  const ada = await signUp(app, 'ada', more)
  await ada.api.notes.create.mutate({ title: 'a note', body: 'of hers' })
  const phone = app.newClient()
  await phone.auth.login.mutate({ username: 'ada', password })
  await failure(app.newClient().auth.login.mutate({ username: 'ada', password: 'wrong' }))
  await failure(phone.auth.elevate.mutate({ password: 'wrong' }))
  await root.api.users.setRole.mutate({ id: ada.id, role: 'admin' })
  await ada.api.users.setRole.mutate({ id: ada.id, role: 'user' })
  return { ...ada, phone }
}

/** Counts the rows of the account in each table that still has some. */
async function tracesOf(app: TestApp, id: string): Promise<Record<string, number>> {
  // Whole words, because an id ends in "ada" in one row of 4,096.
  const personalData = new RegExp(`(?<![\\w-])(${id}|ada|Ada Lovelace|of hers)(?![\\w-])`)
  const counts: Record<string, number> = {}
  for (const [table, rows] of await everyRow(app.databaseUrl)) {
    const traces = rows.filter((row) => personalData.test(row))
    if (traces.length > 0) counts[table] = traces.length
  }
  return counts
}

const ways = [
  ['closed by its owner', 'closed'],
  ['removed by an admin', 'removed'],
] as const

describeOnEach('an account', (databaseKind) => {
  test.each(ways)('%s leaves nothing but its events, without address and device', async (_name, event) => {
    await using app = await testApp({ databaseKind })
    const root = await addAdmin(app, 'root')
    const ada = await livelyAccount(app, root)
    const everywhere = await tracesOf(app, ada.id)
    expect(Object.keys(everywhere).toSorted()).toEqual([
      'audit_events',
      'emails',
      'known_devices',
      'login_throttles',
      'notes',
      'password_credentials',
      'sessions',
      'users',
    ])
    const before = await auditRows(app)
    app.clock.advance(1)
    const end = () =>
      event === 'closed' ? ada.api.account.close.mutate() : root.api.users.remove.mutate({ id: ada.id })
    expect(await eventsOf(app, async () => expect(await end()).toEqual({}))).toEqual([event])

    expect(Object.keys(await tracesOf(app, ada.id))).toEqual(['audit_events'])
    const after = await auditRows(app)
    expect(after).toHaveLength(before.length + 1)
    for (const row of after) {
      const isHers = row.actor_id === ada.id || (row.subject === ada.id && row.actor_kind === 'anonymous')
      const blank = { ip: null, user_agent: null }
      const here = row.actor_kind === 'system' ? blank : { ip: '127.0.0.1', user_agent: 'node' }
      expect(row).toMatchObject(isHers ? blank : here)
      expect(row.actor_kind === 'system' || row.request_id !== null).toBe(true)
    }
    expect(after.filter((row) => row.actor_id === ada.id || row.subject === ada.id).length).toBeGreaterThan(5)
    for (const device of [ada.api, ada.phone]) {
      expect(await device.auth.session.query()).toBeNull()
      expect(['SESSION_EXPIRED', 'UNAUTHENTICATED']).toContain(
        (await failure(device.account.me.query()))?.reason,
      )
    }
    expect(await failure(app.newClient().auth.login.mutate({ username: 'ada', password }))).toEqual({
      reason: 'INVALID_CREDENTIALS',
    })
    const listed = await root.api.audit.list.query({ userId: ada.id, limit: 1 })
    expect(listed.items[0]).toMatchObject({ event, subject: { id: ada.id, username: null } })
  })

  test.each(ways)(
    '%s keeps its user name reserved, in every spelling and for every user',
    async (_name, event) => {
      await using app = await testApp({ databaseKind })
      const root = await addAdmin(app, 'root')
      const ada = await signUp(app, 'ada')
      if (event === 'closed') await ada.api.account.close.mutate()
      else await root.api.users.remove.mutate({ id: ada.id })
      for (const username of ['ada', 'ADA', ' Ada ', 'ａｄａ']) {
        const call = app.newClient().auth.signup.mutate(signupInput({ username, password }))
        expect(await failure(call)).toEqual({ reason: 'USERNAME_TAKEN' })
      }
      const ask = { asked: false }
      const outcome = await createAdmin(app.services, {
        username: 'Ada',
        password: async () => {
          ask.asked = true
          return password
        },
      })
      expect(outcome).toEqual({ ok: false, failure: { reason: 'USERNAME_TAKEN' } })
      expect(ask.asked).toBe(false)
      await signUp(app, 'ada2')
      expect((await root.api.users.list.query()).items.map(({ username }) => username)).toEqual([
        'ada2',
        'root',
      ])
    },
  )

  test('keeps its user name reserved under another secret', async () => {
    await using before = await testApp({ databaseKind, settings: { authSecrets: ['o'.repeat(32)] } })
    await (await signUp(before, 'ada')).api.account.close.mutate()
    await using after = await testApp({
      databaseUrl: before.databaseUrl,
      settings: { authSecrets: ['n'.repeat(32)] },
    })
    expect(await failure(after.api.auth.signup.mutate(signupInput({ username: 'ada', password })))).toEqual({
      reason: 'USERNAME_TAKEN',
    })
  })
})

describeOnEach('closing the own account', (databaseKind) => {
  test('clears the cookie and invalidates the token', async () => {
    await using app = await testApp({ databaseKind })
    const { cookies } = await post(app.url, 'auth.signup', signupInput({ username: 'ada', password }))
    const answer = await post(app.url, 'account.close', {}, cookies[0])
    expect([answer.status, answer.text]).toEqual([200, '{"result":{"data":{}}}'])
    expect(answer.headers.getSetCookie()).toEqual(['session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax'])
    expect(reasonIn(await post(app.url, 'account.close', {}, cookies[0]))).toBe('SESSION_EXPIRED')
    expect(reasonIn(await get(app.url, 'account.me', cookies[0]))).toBe('SESSION_EXPIRED')
  })

  test('requires a session, recent authentication, and no input', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada')
    expect(await failure(app.newClient().account.close.mutate())).toEqual({ reason: 'UNAUTHENTICATED' })
    app.clock.advance(11 * minute)
    expect(await failure(ada.api.account.close.mutate())).toEqual({
      reason: 'REAUTH_REQUIRED',
      methods: ['password'],
    })
    expect(await ada.api.account.me.query()).toMatchObject({ username: 'ada' })
    const { cookies } = await post(app.url, 'auth.login', { username: 'ada', password })
    const answer = await post(app.url, 'account.close', { id: ada.id }, cookies[0])
    expect([answer.status, reasonIn(answer)]).toEqual([400, 'INVALID_INPUT'])
    await ada.api.auth.elevate.mutate({ password })
    expect(await failure(ada.api.account.close.mutate())).toBeUndefined()
  })

  test('by two concurrent calls closes it once', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada')
    const phone = app.newClient()
    await phone.auth.login.mutate({ username: 'ada', password })
    const written = await eventsOf(app, async () => {
      const outcomes = await Promise.all([
        failure(ada.api.account.close.mutate()),
        failure(phone.account.close.mutate()),
      ])
      expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1)
      expect(outcomes).toContainEqual({ reason: 'SESSION_EXPIRED' })
    })
    expect(written).toEqual(['closed'])
  })
})

// Two servers write concurrently. One has found the name free and is hashing; another user gets the name on
// the other server and closes the account while the first one inserts.
describeOnPostgres('a user name', () => {
  test('is not given to a sign-up that runs while its account is closed', async () => {
    await using app = await testApp({
      databaseKind: 'postgres',
    })
    await using other = await testApp({
      databaseUrl: app.databaseUrl,
      clock: app.clock,
    })
    const [free, hashed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    app.services.hashQueue = {
      ...app.services.hashQueue,
      enter: async () => {
        free.resolve()
        await hashed.promise
        return { [Symbol.dispose]: () => undefined }
      },
    }
    const late = failure(app.api.auth.signup.mutate(signupInput({ username: 'ada', password })))
    await free.promise
    const ada = await signUp(other, 'ada')

    const [closed, inserting] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const { db } = other.services
    const writeOther = db.write.bind(db)
    db.write = (work) =>
      writeOther(async (tx) => {
        const result = await work(tx)
        closed.resolve()
        await inserting.promise
        return result
      })
    const closing = failure(ada.api.account.close.mutate())
    await closed.promise

    const write = app.services.db.write.bind(app.services.db)
    app.services.db.write = (work) =>
      write((tx) => {
        const insertInto = tx.insertInto.bind(tx)
        tx.insertInto = (table) => {
          inserting.resolve()
          return insertInto(table)
        }
        return work(tx)
      })
    hashed.resolve()
    expect(await closing).toBeUndefined()
    expect(await late).toEqual({ reason: 'USERNAME_TAKEN' })
    expect(await app.services.db.read.selectFrom('users').select('id').execute()).toEqual([])
  })
})
