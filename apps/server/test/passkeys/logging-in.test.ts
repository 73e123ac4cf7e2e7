import { describeOnEach } from '@app/router/testing'
import type { Deviation } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { addAdmin, password, signUp } from '../support/actors.ts'
import { auditRows, eventsOf } from '../support/audit-rows.ts'
import { pendingLogin, withPasskey } from '../support/passkey-users.ts'
import {
  addPasskey,
  elevateByPasskey,
  finishByPasskey,
  logInByPasskey,
  newAuthenticator,
} from '../support/passkeys.ts'
import { failure } from '../support/raw-call.ts'

const invalid = { reason: 'PASSKEY_INVALID' }

describeOnEach('a log-in by passkey', (databaseKind) => {
  test('passkeys: log a user in alone, at level 2 and in the sudo period', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await withPasskey(app, 'ada', { isSynced: true })
    app.clock.advance(60_000)
    const api = app.newClient()
    expect(await logInByPasskey(api, ada.authenticator)).toMatchObject({
      status: 'signed-in',
      user: { id: ada.id, username: 'ada' },
    })
    expect(await api.auth.session.query()).toMatchObject({ session: { level: 2, methods: ['passkey'] } })
    const lastUsedAt = new Date(app.clock.now()).toISOString()
    expect(await api.passkeys.list.query()).toMatchObject([{ lastUsedAt, current: true }])
    await api.passkeys.remove.mutate({ id: ada.passkey.id })
    const login = (await auditRows(app)).findLast(({ event }) => event === 'login')
    expect(login).toMatchObject({ actor_id: ada.id, detail: '{"methods":"passkey"}' })
  })

  test('passkeys: finish a log-in by password, which is no session before', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await withPasskey(app, 'ada')
    await withPasskey(app, 'bob')
    const api = await pendingLogin(app, 'ada')
    expect(await failure(api.passkeys.list.query())).toEqual({ reason: 'UNAUTHENTICATED' })
    const options = await api.auth.passkeyOptions.mutate({ purpose: 'second-factor' })
    expect(options.allowCredentials).toHaveLength(1)
    await finishByPasskey(api, ada.authenticator)
    expect(await api.auth.session.query()).toMatchObject({
      user: { username: 'ada' },
      session: { level: 2, methods: ['pwd', 'passkey'] },
    })
  })

  test('passkeys: confirm a session, and raise it to level 2', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await withPasskey(app, 'ada')
    app.clock.advance(11 * 60_000)
    expect(await failure(ada.api.passkeys.options.mutate())).toEqual({
      reason: 'REAUTH_REQUIRED',
      methods: ['password', 'passkey', 'recovery'],
    })
    await elevateByPasskey(ada.api, ada.authenticator)
    await ada.api.passkeys.options.mutate()

    const bob = await signUp(app, 'bob')
    const other = app.newClient()
    await other.auth.login.mutate({ username: 'bob', password })
    const authenticator = newAuthenticator(app)
    await addPasskey(bob, authenticator, { endOtherSessions: false })
    expect(await failure(other.passkeys.options.mutate())).toMatchObject({
      reason: 'REAUTH_REQUIRED',
      methods: ['passkey', 'recovery'],
    })
    await elevateByPasskey(other, authenticator)
    expect(await other.auth.session.query()).toMatchObject({ session: { level: 2 } })
    await other.passkeys.options.mutate()
  })

  test('passkeys: a removed one, a disabled user, a closed account and an unknown one fail alike', async () => {
    await using app = await testApp({ databaseKind })
    const root = await addAdmin(app, 'root')
    const [ada, bob, cyd] = [
      await withPasskey(app, 'ada'),
      await withPasskey(app, 'bob'),
      await withPasskey(app, 'cyd'),
    ]
    const login = ({ authenticator }: Pick<typeof ada, 'authenticator'>, deviation?: Deviation) =>
      failure(logInByPasskey(app.newClient(), authenticator, deviation))
    await ada.api.passkeys.remove.mutate({ id: ada.passkey.id })
    await root.api.users.setDisabled.mutate({ id: bob.id, disabled: true })
    await cyd.api.account.close.mutate()
    for (const each of [ada, bob, cyd]) expect(await login(each)).toEqual(invalid)
    expect(await login(ada, { credentialId: 'AAAA' })).toEqual(invalid)
    await root.api.users.setDisabled.mutate({ id: bob.id, disabled: false })
    expect(await login(bob)).toBeUndefined()
  })

  test('passkeys: a copied authenticator is refused and recorded, and the other one keeps working', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await withPasskey(app, 'ada')
    const copy = ada.authenticator.clone()
    await logInByPasskey(app.newClient(), ada.authenticator)
    await logInByPasskey(app.newClient(), ada.authenticator)
    const written = await eventsOf(app, async () => {
      expect(await failure(logInByPasskey(app.newClient(), copy))).toEqual(invalid)
    })
    expect(written.toSorted()).toEqual(['login-failed', 'passkey-cloned'])
    const pending = await pendingLogin(app, 'ada')
    expect(await failure(finishByPasskey(pending, copy, { counter: 1 }))).toEqual(invalid)
    expect(await failure(elevateByPasskey(ada.api, copy, { counter: 0 }))).toEqual(invalid)
    await logInByPasskey(app.newClient(), ada.authenticator)
  })

  test('passkeys: synced ones do not count, and work on two devices', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await withPasskey(app, 'ada', { isSynced: true })
    const copy = ada.authenticator.clone()
    for (const device of [ada.authenticator, copy, ada.authenticator, copy]) {
      await logInByPasskey(app.newClient(), device)
    }
    await logInByPasskey(app.newClient(), copy, { isBackedUp: false })
    expect(await ada.api.passkeys.list.query()).toMatchObject([{ backedUp: false }])
  })
})

test('passkeys: page views write nothing to the database', async () => {
  await using app = await testApp()
  for (let view = 0; view < 20; view += 1) await app.newClient().auth.passkeyOptions.mutate()
  const { read } = app.services.db
  expect(await read.selectFrom('used_challenges').selectAll().execute()).toEqual([])
  expect(await auditRows(app)).toEqual([])
})

test('passkeys: used challenges are deleted after their expiry', async () => {
  await using app = await testApp()
  const ada = await withPasskey(app, 'ada')
  for (let turn = 0; turn < 4; turn += 1) {
    await logInByPasskey(app.newClient(), ada.authenticator)
    app.clock.advance(7 * 60_000)
  }
  const rows = await app.services.db.read.selectFrom('used_challenges').selectAll().execute()
  expect(rows).toHaveLength(1)
})
