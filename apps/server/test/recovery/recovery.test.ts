import { linkLifetimesMs } from '@app/contract'
import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { addAdmin, password, signUp } from '../support/actors.ts'
import { auditRows, eventsOf } from '../support/audit-rows.ts'
import { openStream } from '../support/event-stream.ts'
import { newRecoverySecret } from '../support/new-recovery-secret.ts'
import { failure, post } from '../support/raw-call.ts'
import { composeRecoveryMails, mailedSecret, verifyAddress } from '../support/recovery-mails.ts'

const newPassword = 'a better battery'
const invalid = { reason: 'LINK_INVALID' }

describeOnEach('recovery', (databaseKind) => {
  test('recovery: a mailed link replaces the password and ends everything from before', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada')
    await verifyAddress(app, ada.id, 'ada@example.org')
    expect(await app.api.recovery.request.mutate({ identifier: ' ADA@Example.org ' })).toEqual({})
    const [mail] = await composeRecoveryMails(app)
    expect(mail).toMatchObject({
      to: 'ada@example.org',
      userId: ada.id,
      kind: 'recovery',
      data: {
        username: 'ada',
        validMinutes: 30,
        link: expect.stringMatching(/^http:\/\/localhost:\d+\/reset-password#[\w-]{43}$/),
        origin: { at: app.clock.now(), ip: '127.0.0.1', userAgent: 'node' },
      },
    })
    const secret = String(Object(mail?.data).link).split('#')[1] ?? ''

    const state = { username: 'ada', expiresAt: new Date(app.clock.now() + 30 * 60_000).toISOString() }
    // Reading it twice, as a mail scanner does, does not use it up.
    expect(await app.api.recovery.inspect.mutate({ secret })).toEqual(state)
    expect(await app.api.recovery.inspect.mutate({ secret })).toEqual(state)

    const issued = await newRecoverySecret(app, 'ada')
    const phone = app.newClient()
    await phone.auth.login.mutate({ username: 'ada', password })
    const answer = await post(app.url, 'recovery.reset', { secret, newPassword })
    expect(JSON.parse(answer.text)).toEqual({ result: { data: { username: 'ada', endedSessions: 2 } } })
    // Recovery opens no session, so it never replaces a second factor.
    expect(answer.cookies).toEqual([])

    for (const device of [ada.api, phone]) {
      expect(await failure(device.account.me.query())).toEqual({ reason: 'SESSION_EXPIRED' })
    }
    expect(await failure(phone.auth.login.mutate({ username: 'ada', password }))).toEqual({
      reason: 'INVALID_CREDENTIALS',
    })
    for (const used of [secret, issued]) {
      expect(await failure(app.api.recovery.reset.mutate({ secret: used, newPassword }))).toEqual(invalid)
      expect(await failure(app.api.recovery.inspect.mutate({ secret: used }))).toEqual(invalid)
    }
    for (const table of ['known_devices', 'one_time_secrets'] as const) {
      expect(await app.services.db.read.selectFrom(table).selectAll().execute()).toEqual([])
    }
    await phone.auth.login.mutate({ username: 'ada', password: newPassword })
  })

  test('recovery: ends the lockout of the account', async () => {
    await using app = await testApp({ databaseKind })
    await signUp(app, 'ada')
    const logIn = (typed: string) =>
      failure(app.newClient().auth.login.mutate({ username: 'ada', password: typed }))
    await logIn('wrong')
    await app.services.db.write((tx) => tx.updateTable('login_throttles').set({ failures: 100 }).execute())
    expect(await logIn(password)).toMatchObject({ reason: 'RATE_LIMITED' })

    const secret = await newRecoverySecret(app, 'ada')
    await app.api.recovery.reset.mutate({ secret, newPassword })
    expect(await logIn(newPassword)).toBeUndefined()
  })

  test('recovery: records the request, the link and the reset with their origin', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada')
    await verifyAddress(app, ada.id, 'ada@example.org')
    const requested = await post(app.url, 'recovery.request', { identifier: 'ada' })
    app.clock.advance(60_000)
    let secret = ''
    const written = await eventsOf(app, async () => {
      secret = await mailedSecret(app)
      app.clock.advance(1)
      await app.api.recovery.reset.mutate({ secret, newPassword })
    })
    expect(written).toEqual(['recovery-requested', 'password-reset'])
    const [request, reset] = (await auditRows(app)).slice(-2)
    const byVisitor = { actor_kind: 'anonymous', actor_id: null, subject: ada.id, ip: '127.0.0.1' }
    expect(request).toMatchObject({ ...byVisitor, request_id: requested.headers.get('x-request-id') })
    expect(reset).toMatchObject({ ...byVisitor, detail: JSON.stringify({ endedSessions: 1 }) })
  })

  test('recovery: a rejected password does not use up the link', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada', { name: 'Ada Lovelace', email: 'countess@example.org' })
    const secret = await newRecoverySecret(app, 'ada')
    const reset = (typed: string) => failure(app.api.recovery.reset.mutate({ secret, newPassword: typed }))
    expect(await reset('password1')).toEqual({ reason: 'PASSWORD_REJECTED', why: 'common' })
    for (const personal of ['Ada Lovelace', 'countess1', 'countess@example.org']) {
      expect(await reset(personal)).toEqual({ reason: 'PASSWORD_REJECTED', why: 'personal' })
    }
    expect(await ada.api.account.me.query()).toMatchObject({ username: 'ada' })
    expect(await reset(newPassword)).toBeUndefined()
  })

  test('recovery: a change of the password, disabling and removal end all links', async () => {
    await using app = await testApp({ databaseKind })
    const root = await addAdmin(app, 'root')
    const [ada, bob, cyd] = [await signUp(app, 'ada'), await signUp(app, 'bob'), await signUp(app, 'cyd')]
    const secrets = [
      await newRecoverySecret(app, 'ada'),
      await newRecoverySecret(app, 'bob'),
      await newRecoverySecret(app, 'cyd'),
    ]
    await ada.api.account.changePassword.mutate({ currentPassword: password, newPassword })
    await root.api.users.setDisabled.mutate({ id: bob.id, disabled: true })
    await root.api.users.setDisabled.mutate({ id: bob.id, disabled: false })
    await cyd.api.account.close.mutate()
    for (const secret of secrets) {
      expect(await failure(app.api.recovery.inspect.mutate({ secret }))).toEqual(invalid)
    }
    expect(await app.services.db.read.selectFrom('one_time_secrets').selectAll().execute()).toEqual([])
  })

  test('recovery: notifies open pages that their session ended', async () => {
    await using app = await testApp({ databaseKind })
    const { cookies } = await post(app.url, 'auth.signup', signupInput({ username: 'ada', password }))
    await using stream = await openStream(`${app.url}/trpc/sessions.events?input=%7B%7D`, {
      cookie: cookies.join('; '),
    })
    await stream.message()
    const secret = await newRecoverySecret(app, 'ada')
    await app.api.recovery.reset.mutate({ secret, newPassword })
    const told = await stream.message()
    expect(JSON.stringify(told?.data)).toContain('ended')
  })
})

test('recovery: an account without a password gets one', async () => {
  await using app = await testApp()
  await signUp(app, 'ada')
  await app.services.db.write((tx) => tx.deleteFrom('password_credentials').execute())
  const secret = await newRecoverySecret(app, 'ada')
  await app.api.recovery.reset.mutate({ secret, newPassword })
  await app.newClient().auth.login.mutate({ username: 'ada', password: newPassword })
})

test('recovery: links expire, and one that was issued by a clock ahead is invalid', async () => {
  await using app = await testApp()
  const ada = await signUp(app, 'ada')
  await verifyAddress(app, ada.id, 'ada@example.org')
  await app.api.recovery.request.mutate({ identifier: 'ada' })
  const mailed = await mailedSecret(app)
  const issued = await newRecoverySecret(app, 'ada')
  const inspect = (secret: string) => failure(app.newClient().recovery.inspect.mutate({ secret }))
  app.clock.advance(linkLifetimesMs.recovery - 1)
  expect([await inspect(mailed), await inspect(issued)]).toEqual([undefined, undefined])
  app.clock.advance(1)
  expect([await inspect(mailed), await inspect(issued)]).toEqual([invalid, undefined])
  app.clock.advance(linkLifetimesMs.issuedRecovery - linkLifetimesMs.recovery)
  expect(await inspect(issued)).toEqual(invalid)

  app.clock.advance(365 * 24 * 3_600_000)
  const early = await newRecoverySecret(app, 'ada')
  app.clock.advance(-365 * 24 * 3_600_000)
  expect(await inspect(early)).toEqual(invalid)
  expect(await failure(app.api.recovery.reset.mutate({ secret: early, newPassword }))).toEqual(invalid)
})
