import { linkLifetimesMs, rateLimits } from '@app/contract'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { addAdmin, newUser, password, signUp, unknownSecret } from '../support/actors.ts'
import { auditRows, eventsOf } from '../support/audit-rows.ts'
import { newInvitation } from '../support/new-invitation.ts'
import { newRecoverySecret } from '../support/new-recovery-secret.ts'
import { queuedMails } from '../support/queued-mails.ts'
import { failure } from '../support/raw-call.ts'
import {
  composeVerificationMails,
  confirmAddress,
  verificationSecret,
} from '../support/verification-mails.ts'

const address = 'ada@example.org'
const invalid = { reason: 'LINK_INVALID' }

/** Returns the waiting notices about addresses, and where each is sent. */
async function noticesOf(app: TestApp): Promise<string[]> {
  const notices = (await queuedMails(app)).filter(({ kind }) => kind === 'notice')
  const lines = notices.map(({ request: { mail, address: to } }) => `${mail} to ${String(to)}`)
  return lines.filter((line) => line.startsWith('address-')).toSorted()
}

describeOnEach('addresses', (databaseKind) => {
  test('addresses: an entered address is verified by the mailed link, once', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada', { email: 'Ada@Example.ORG' })
    expect(await ada.api.account.me.query()).toMatchObject({
      email: 'Ada@example.org',
      emailVerified: false,
      pendingEmail: 'Ada@example.org',
    })
    const [mail] = await composeVerificationMails(app)
    expect(mail).toMatchObject({
      kind: 'verify-address',
      to: 'Ada@example.org',
      userId: ada.id,
      uselessAt: app.clock.now() + linkLifetimesMs.emailVerification,
      data: { username: 'ada', validMinutes: 24 * 60, origin: { at: app.clock.now(), ip: '127.0.0.1' } },
    })
    const [page, secret = ''] = mail?.kind === 'verify-address' ? mail.data.link.split('#') : []
    expect(page).toBe(`${app.services.publicUrl()}/verify-email`)

    // In a browser without a session.
    const events = await eventsOf(app, async () => {
      expect(await app.newClient().email.verify.mutate({ secret })).toEqual({ email: 'Ada@example.org' })
    })
    expect(events).toEqual(['email-verified'])
    const verified = { email: 'Ada@example.org', emailVerified: true, pendingEmail: null }
    expect(await ada.api.account.me.query()).toMatchObject(verified)
    expect(await failure(app.api.email.verify.mutate({ secret }))).toEqual(invalid)
    expect(await failure(ada.api.email.requestVerification.mutate())).toEqual({ reason: 'NOT_FOUND' })
  })

  test('addresses: a verified one logs in as the user name does, an unverified one never', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada', { email: 'ada@exämple.org' })
    const logIn = (username: string) => app.newClient().auth.login.mutate({ username, password })
    const wrong = { reason: 'INVALID_CREDENTIALS' }
    expect(await failure(logIn('ada@exämple.org'))).toEqual(wrong)
    await confirmAddress(app, 'ada@xn--exmple-cua.org')
    for (const typed of ['ada@exämple.org', ' ADA@EXÄMPLE.ORG ', 'ada@xn--exmple-cua.org', 'ADA']) {
      expect(await logIn(typed)).toMatchObject({ user: { id: ada.id } })
    }
    expect(await failure(logIn('bda@exämple.org'))).toEqual(wrong)
    await ada.api.email.remove.mutate()
    expect(await failure(logIn('ada@exämple.org'))).toEqual(wrong)
  })

  test('addresses: the old one stays until the new one is confirmed, and gets a notice', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada', { email: address })
    await confirmAddress(app, address)
    const recovery = await newRecoverySecret(app, 'ada')
    await app.services.db.write((tx) => tx.deleteFrom('outbox_mails').execute())
    const events = await eventsOf(app, async () => {
      expect(await ada.api.email.change.mutate({ email: 'new@example.org' })).toMatchObject({
        email: address,
        emailVerified: true,
        pendingEmail: 'new@example.org',
      })
    })
    expect(events).toEqual(['email-entered'])
    expect(await failure(app.api.recovery.inspect.mutate({ secret: recovery }))).toBeUndefined()
    const logIn = (username: string) => failure(app.newClient().auth.login.mutate({ username, password }))
    expect(await logIn('new@example.org')).toEqual({ reason: 'INVALID_CREDENTIALS' })
    expect(await logIn(address)).toBeUndefined()

    expect(await noticesOf(app)).toEqual([])
    await confirmAddress(app, 'new@example.org')
    expect(await noticesOf(app)).toEqual([
      `address-changed to ${address}`,
      'address-verified to new@example.org',
    ])
    expect(await ada.api.account.me.query()).toMatchObject({ email: 'new@example.org', pendingEmail: null })
    expect(await logIn(address)).toEqual({ reason: 'INVALID_CREDENTIALS' })
    expect(await logIn('new@example.org')).toBeUndefined()
    // The link may be in the old mailbox.
    expect(await failure(app.api.recovery.inspect.mutate({ secret: recovery }))).toEqual(invalid)
  })

  test('addresses: removing them ends all their links', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada', { email: address })
    await confirmAddress(app, address)
    await ada.api.email.change.mutate({ email: 'new@example.org' })
    const secret = await verificationSecret(app, 'new@example.org')
    const recovery = await newRecoverySecret(app, 'ada')
    const events = await eventsOf(app, async () => {
      expect(await ada.api.email.remove.mutate()).toMatchObject({
        email: null,
        emailVerified: false,
        pendingEmail: null,
      })
      // A second time, there is nothing left.
      await ada.api.email.remove.mutate()
    })
    expect(events).toEqual(['email-removed'])
    expect(await noticesOf(app)).toEqual([`address-removed to ${address}`, `address-verified to ${address}`])
    expect(await failure(app.api.email.verify.mutate({ secret }))).toEqual(invalid)
    expect(await failure(app.api.recovery.inspect.mutate({ secret: recovery }))).toEqual(invalid)
    const { db } = app.services
    expect(await db.read.selectFrom('one_time_secrets').selectAll().execute()).toEqual([])
    expect(await db.read.selectFrom('emails').selectAll().execute()).toEqual([])
  })

  test('addresses: a closed account leaves no address and no link', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada', { email: address })
    const secret = await verificationSecret(app, address)
    await ada.api.account.close.mutate()
    expect(await failure(app.api.email.verify.mutate({ secret }))).toEqual(invalid)
    const { db } = app.services
    expect(await db.read.selectFrom('one_time_secrets').selectAll().execute()).toEqual([])
    expect(await composeVerificationMails(app)).toEqual([])
  })
})

test('address links: a newer one, another address or a disabled account ends them', async () => {
  await using app = await testApp()
  const root = await addAdmin(app, 'root')
  const ada = await signUp(app, 'ada', { email: address })
  const verify = (secret: string) => failure(app.api.email.verify.mutate({ secret }))
  const first = await verificationSecret(app, address)
  await ada.api.email.requestVerification.mutate()
  const second = await verificationSecret(app, address)
  expect(await verify(first)).toEqual(invalid)

  await ada.api.email.change.mutate({ email: 'new@example.org' })
  expect(await verify(second)).toEqual(invalid)
  expect(await app.services.db.read.selectFrom('one_time_secrets').selectAll().execute()).toEqual([])
  const third = await verificationSecret(app, 'new@example.org')
  await root.api.users.setDisabled.mutate({ id: ada.id, disabled: true })
  expect(await verify(third)).toEqual(invalid)
  await root.api.users.setDisabled.mutate({ id: ada.id, disabled: false })
  expect(await verify(third)).toEqual(invalid)
})

test('address links: altered, foreign and expired ones are invalid, and nothing is written', async () => {
  await using app = await testApp()
  await signUp(app, 'ada', { email: address })
  const secret = await verificationSecret(app, address)
  const { id } = await newInvitation(app)
  const others = [
    unknownSecret,
    `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`,
    `${secret.startsWith('A') ? 'B' : 'A'}${secret.slice(1)}`,
    secret.toUpperCase(),
    await newRecoverySecret(app, 'ada'),
    (await newInvitation(app)).secret,
  ]
  const before = await auditRows(app)
  for (const other of others) {
    expect(await failure(app.api.email.verify.mutate({ secret: other }))).toEqual(invalid)
  }
  for (const other of ['', secret.slice(1), `${secret}${secret}`, `${secret}=`, ` ${secret}`, id]) {
    expect(await failure(app.api.email.verify.mutate({ secret: other }))).toMatchObject({
      reason: 'INVALID_INPUT',
    })
  }
  // It is no link of another purpose either.
  const { recovery, invitations } = app.api
  expect(await failure(recovery.inspect.mutate({ secret }))).toEqual(invalid)
  expect(await failure(invitations.inspect.mutate({ secret }))).toEqual(invalid)
  app.clock.advance(linkLifetimesMs.emailVerification)
  expect(await failure(app.api.email.verify.mutate({ secret }))).toEqual(invalid)
  expect(await auditRows(app)).toEqual(before)
  app.clock.advance(-1)
  expect(await failure(app.api.email.verify.mutate({ secret }))).toBeUndefined()
})

test('address mails: nothing is sent for an address that was confirmed, replaced or removed since', async () => {
  await using app = await testApp()
  const ada = await signUp(app, 'ada', { email: address })
  await ada.api.email.requestVerification.mutate()
  await ada.api.email.change.mutate({ email: 'new@example.org' })
  await ada.api.email.requestVerification.mutate()
  await ada.api.email.remove.mutate()
  expect(await composeVerificationMails(app)).toEqual([null, null, null, null])
})

test('address mails: where no mail is sent, an address stays unconfirmed', async () => {
  await using app = await testApp({ host: { trustProxy: 1 } })
  const ada = await signUp(app, 'ada', { email: address })
  expect(await ada.api.account.me.query()).toMatchObject({ email: address, emailVerified: false })
  const unavailable = { reason: 'MAIL_UNAVAILABLE' }
  expect(await failure(ada.api.email.requestVerification.mutate())).toEqual(unavailable)
  expect(await failure(ada.api.email.change.mutate({ email: 'new@example.org' }))).toEqual(unavailable)
  expect(await ada.api.email.remove.mutate()).toMatchObject({ email: null })
  expect(await app.services.db.read.selectFrom('outbox_mails').selectAll().execute()).toEqual([])
})

test('address mails: requests are limited by account, and a refused one writes nothing', async () => {
  await using app = await testApp()
  const ada = await signUp(app, 'ada', { email: address })
  const bob = await newUser(app)
  for (let count = 0; count < rateLimits.mailRequestsPerAccount.points; count += 1) {
    expect(await failure(ada.api.email.requestVerification.mutate())).toBeUndefined()
  }
  const rows = () => app.services.db.read.selectFrom('outbox_mails').select('id').execute()
  const before = [await rows(), await auditRows(app)]
  const limited = expect.objectContaining({ reason: 'RATE_LIMITED' })
  expect(await failure(ada.api.email.requestVerification.mutate())).toEqual(limited)
  expect(await failure(ada.api.email.change.mutate({ email: 'new@example.org' }))).toEqual(limited)
  expect([await rows(), await auditRows(app)]).toEqual(before)
  // Another account at the same address still has its own requests.
  expect(await failure(bob.api.email.change.mutate({ email: 'bob@example.org' }))).toBeUndefined()
})

test('address links: guesses from one address are limited', async () => {
  await using app = await testApp()
  for (let count = 0; count < rateLimits.linksPerAddress.points; count += 1) {
    expect(await failure(app.api.email.verify.mutate({ secret: unknownSecret }))).toEqual(invalid)
  }
  expect(await failure(app.api.email.verify.mutate({ secret: unknownSecret }))).toMatchObject({
    reason: 'RATE_LIMITED',
  })
})
