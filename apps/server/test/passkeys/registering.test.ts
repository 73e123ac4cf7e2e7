import { userLimits } from '@app/contract'
import { describeOnEach } from '@app/router/testing'
import type { Deviation } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { password, signUp, unknownId } from '../support/actors.ts'
import { auditRows, eventsOf } from '../support/audit-rows.ts'
import { addPasskey, newAuthenticator } from '../support/passkeys.ts'
import { queuedMails } from '../support/queued-mails.ts'
import { failure } from '../support/raw-call.ts'
import { verifyAddress } from '../support/recovery-mails.ts'

describeOnEach('registering a passkey', (databaseKind) => {
  test('passkeys: the first one makes recovery codes, raises the session and ends the others', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada')
    const other = app.newClient()
    await other.auth.login.mutate({ username: 'ada', password })
    expect(await ada.api.auth.session.query()).toMatchObject({ session: { level: 1, methods: ['pwd'] } })

    const bitwarden = { aaguid: 'd548826e-79b4-db40-a3d8-11116f7e8349', isSynced: true }
    const added = await addPasskey(ada, newAuthenticator(app, bitwarden))
    const passkey = {
      id: expect.any(String),
      name: 'Bitwarden',
      createdAt: new Date(app.clock.now()).toISOString(),
      lastUsedAt: null,
      backedUp: true,
      current: true,
    }
    expect(added).toEqual({ passkey, endedSessions: 1, recoveryCodes: expect.any(Array) })
    expect(new Set(added.recoveryCodes).size).toBe(10)
    expect(await ada.api.passkeys.list.query()).toEqual([passkey])
    expect(await ada.api.auth.session.query()).toMatchObject({
      session: { level: 2, methods: ['pwd', 'passkey'] },
    })
    expect(await other.auth.session.query()).toBeNull()
    expect((await auditRows(app)).map(({ event }) => event)).toContain('passkey-added')
  })

  test('passkeys: further ones get their own name and no codes, and may keep the other sessions', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada')
    const first = newAuthenticator(app)
    await addPasskey(ada, first)
    app.clock.advance(1)
    const second = await addPasskey(ada, newAuthenticator(app), { endOtherSessions: false })
    app.clock.advance(1)
    const third = await addPasskey(ada, newAuthenticator(app), { name: '  The blue key ' })
    expect([second, third].map(({ recoveryCodes }) => recoveryCodes)).toEqual([null, null])
    const passkeys = await ada.api.passkeys.list.query()
    expect(passkeys.map(({ name }) => name)).toEqual(['Passkey', 'Passkey 2', 'The blue key'])
    expect(passkeys.map(({ current }) => current)).toEqual([false, false, true])

    const options = await ada.api.passkeys.options.mutate()
    expect(options.excludeCredentials).toHaveLength(3)
    expect(() => first.create(options)).toThrow('InvalidStateError')
    expect(options).toMatchObject({
      rp: { id: 'localhost' },
      user: { name: 'ada' },
      attestation: 'none',
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
  })

  test('passkeys: one that is registered already is refused, for its account and for others', async () => {
    await using app = await testApp({ databaseKind })
    const [ada, bob] = [await signUp(app, 'ada'), await signUp(app, 'bob')]
    const credentialId = 'A'.repeat(43)
    const deviation = { credentialId }
    await addPasskey(ada, newAuthenticator(app), { deviation })
    expect(await failure(addPasskey(ada, newAuthenticator(app), { deviation }))).toEqual({
      reason: 'FACTOR_EXISTS',
    })
    expect(await failure(addPasskey(bob, newAuthenticator(app), { deviation }))).toEqual({
      reason: 'PASSKEY_INVALID',
    })
    expect(await ada.api.passkeys.list.query()).toHaveLength(1)
    expect(await bob.api.passkeys.list.query()).toEqual([])
    // The refusal left no second factor behind.
    const bobAgain = app.newClient().auth.login.mutate({ username: 'bob', password })
    expect(await bobAgain).toMatchObject({ status: 'signed-in' })
  })

  test('passkeys: a user has at most 20', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada')
    const options = await ada.api.passkeys.options.mutate()
    for (let count = 0; count < userLimits.passkeys; count += 1) await addPasskey(ada, newAuthenticator(app))
    expect(await failure(ada.api.passkeys.options.mutate())).toEqual({ reason: 'FACTOR_LIMIT' })
    // Options from before do not help.
    const response = newAuthenticator(app).create(options)
    expect(await failure(ada.api.passkeys.register.mutate({ response }))).toEqual({ reason: 'FACTOR_LIMIT' })
    expect(await ada.api.passkeys.list.query()).toHaveLength(20)
  })

  test('passkeys: of a user are renamed and removed by that user only', async () => {
    await using app = await testApp({ databaseKind })
    const [ada, bob] = [await signUp(app, 'ada'), await signUp(app, 'bob')]
    const { passkey } = await addPasskey(ada, newAuthenticator(app))
    await addPasskey(bob, newAuthenticator(app))
    const notFound = { reason: 'NOT_FOUND' }
    for (const { api, id } of [
      { ...bob, id: passkey.id },
      { ...ada, id: unknownId },
    ]) {
      expect(await failure(api.passkeys.rename.mutate({ id, name: 'Mine' }))).toEqual(notFound)
      expect(await failure(api.passkeys.remove.mutate({ id }))).toEqual(notFound)
    }
    const written = await eventsOf(app, async () => {
      await ada.api.passkeys.rename.mutate({ id: passkey.id, name: 'Phone' })
      expect(await ada.api.passkeys.list.query()).toMatchObject([{ name: 'Phone' }])
      app.clock.advance(1)
      await ada.api.passkeys.remove.mutate({ id: passkey.id })
    })
    expect(written).toEqual(['passkey-renamed', 'passkey-removed'])
    expect(await ada.api.passkeys.list.query()).toEqual([])
  })
})

describeOnEach('removing a passkey', (databaseKind) => {
  test('passkeys: the removal lowers the sessions that it carries, and the last one ends the codes', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada')
    const first = await addPasskey(ada, newAuthenticator(app))
    const second = await addPasskey(ada, newAuthenticator(app))
    await ada.api.passkeys.remove.mutate({ id: first.passkey.id })
    expect(await ada.api.auth.session.query()).toMatchObject({ session: { level: 2 } })
    await ada.api.passkeys.remove.mutate({ id: second.passkey.id })
    expect(await ada.api.auth.session.query()).toMatchObject({ session: { level: 1 } })
    const { read } = app.services.db
    expect(await read.selectFrom('factors').selectAll().execute()).toEqual([])
    expect(await read.selectFrom('recovery_codes').selectAll().execute()).toEqual([])
    expect(await app.newClient().auth.login.mutate({ username: 'ada', password })).toMatchObject({
      status: 'signed-in',
    })
  })

  test('passkeys: the last way in cannot be removed', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada')
    const authenticator = newAuthenticator(app)
    const { passkey } = await addPasskey(ada, authenticator)
    await using withoutPasswords = await testApp({
      databaseUrl: app.databaseUrl,
      clock: app.clock,
      settings: { passwordLogin: 'admins' },
      host: { publicUrl: app.services.publicUrl() },
    })
    const api = withoutPasswords.newClient()
    const options = await api.auth.passkeyOptions.mutate()
    await api.auth.passkeyLogin.mutate({ response: authenticator.get(options) })
    const written = await eventsOf(app, async () => {
      expect(await failure(api.passkeys.remove.mutate({ id: passkey.id }))).toEqual({
        reason: 'LAST_WAY_IN',
      })
    })
    expect(written).toEqual([])
    expect(await api.passkeys.list.query()).toHaveLength(1)
    const spare = await addPasskey({ api }, newAuthenticator(app))
    await api.passkeys.remove.mutate({ id: spare.passkey.id })
    // That passkey carried the session.
    expect(await failure(api.passkeys.remove.mutate({ id: passkey.id }))).toMatchObject({
      reason: 'REAUTH_REQUIRED',
    })
    const confirmation = await api.auth.passkeyOptions.mutate({ purpose: 'elevation' })
    await api.auth.elevate.mutate({ method: 'passkey', response: authenticator.get(confirmation) })
    // The password is a way in for admins.
    await app.services.db.write((tx) => tx.updateTable('users').set({ role: 'admin' }).execute())
    await api.passkeys.remove.mutate({ id: passkey.id })
  })
})

test('passkeys: adding and removing one sends a notice with its name', async () => {
  await using app = await testApp()
  const ada = await signUp(app, 'ada')
  await verifyAddress(app, ada.id, 'ada@example.org')
  const { passkey } = await addPasskey(ada, newAuthenticator(app), { name: 'The blue key' })
  app.clock.advance(1)
  await ada.api.passkeys.remove.mutate({ id: passkey.id })
  const notices = (await queuedMails(app)).map(({ request: { mail, data } }) => [mail, data])
  const data = expect.objectContaining({ username: 'ada', factor: 'passkey', name: 'The blue key' })
  expect(notices.filter(([mail]) => String(mail).startsWith('factor-'))).toEqual([
    ['factor-added', data],
    ['factor-removed', data],
  ])
})

const wrong: [string, Deviation][] = [
  ['another origin', { origin: 'https://example.org' }],
  ['another port', { origin: 'http://localhost:1' }],
  ['another site', { rpId: 'example.org' }],
  ['no user presence', { isUserPresent: false }],
  ['no user verification', { isUserVerified: false }],
  ['another ceremony', { type: 'webauthn.get' }],
  ['a frame of another site', { crossOrigin: true }],
  ['a challenge that was never issued', { challenge: 'A'.repeat(120) }],
]

test.each(wrong)('passkeys: a registration with %s is refused', async (_, deviation) => {
  await using app = await testApp()
  const ada = await signUp(app, 'ada')
  expect(await failure(addPasskey(ada, newAuthenticator(app), { deviation }))).toEqual({
    reason: 'PASSKEY_INVALID',
  })
  expect(await ada.api.passkeys.list.query()).toEqual([])
  expect(await ada.api.auth.session.query()).toMatchObject({ session: { level: 1 } })
})

test('passkeys: a registration needs a challenge of its user, browser and purpose, for 5 minutes, once', async () => {
  await using app = await testApp()
  const [ada, bob] = [await signUp(app, 'ada'), await signUp(app, 'bob')]
  const authenticator = newAuthenticator(app)
  const invalid = { reason: 'PASSKEY_INVALID' }
  const ofAda = await ada.api.passkeys.options.mutate()
  await bob.api.passkeys.options.mutate()
  const foreign = bob.api.passkeys.register.mutate({ response: authenticator.create(ofAda) })
  expect(await failure(foreign)).toEqual(invalid)

  const { challenge } = await ada.api.auth.passkeyOptions.mutate()
  expect(await failure(addPasskey(ada, newAuthenticator(app), { deviation: { challenge } }))).toEqual(invalid)

  const late = await ada.api.passkeys.options.mutate()
  app.clock.advance(5 * 60_000)
  const response = authenticator.create(late)
  expect(await failure(ada.api.passkeys.register.mutate({ response }))).toEqual(invalid)

  const options = await ada.api.passkeys.options.mutate()
  await ada.api.passkeys.register.mutate({ response: authenticator.create(options) })
  // The same challenge for another passkey.
  const again = newAuthenticator(app).create(options)
  expect(await failure(ada.api.passkeys.register.mutate({ response: again }))).toEqual(invalid)
  expect(await ada.api.passkeys.list.query()).toHaveLength(1)
})
