import { describeOnEach, openMailServer } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { password, signUp } from '../support/actors.ts'
import { mailSettings } from '../support/mail-settings.ts'
import { failure } from '../support/raw-call.ts'
import { verifyAddress } from '../support/recovery-mails.ts'
import { inParallel } from '../support/server-pair.ts'

const newPassword = 'a better battery'

/** Waits until the sender has decided about every mail. */
async function allSettled({ services }: TestApp): Promise<void> {
  const waiting = () =>
    services.db.read.selectFrom('outbox_mails').where('next_at', 'is not', null).select('id').execute()
  await expect.poll(waiting).toEqual([])
}

describeOnEach('mailed recovery', (databaseKind) => {
  test('mailed recovery: a user without the password gets back in by mail', async () => {
    await using mailServer = await openMailServer()
    await using app = await testApp({ databaseKind, settings: mailSettings(mailServer) })
    const ada = await signUp(app, 'ada')
    await verifyAddress(app, ada.id, 'ada@example.org')
    const bob = await signUp(app, 'bob', { email: 'bob@example.org' })
    await allSettled(app)
    // The link that verifies the address of bob.
    const before = mailServer.mails().length
    for (const identifier of ['bob', 'bob@example.org', 'eve@example.org', 'ada']) {
      await app.api.recovery.request.mutate({ identifier })
      await allSettled(app)
    }
    const [mail, ...others] = mailServer.mails().slice(before)
    expect(others).toEqual([])
    expect(mail).toMatchObject({ envelope: { to: ['ada@example.org'] }, subject: 'Choose a new password' })
    const [link = ''] = mail?.links ?? []
    expect(link).toMatch(/^http:\/\/localhost:\d+\/reset-password#[\w-]{43}$/)

    const secret = link.split('#')[1] ?? ''
    await app.api.recovery.reset.mutate({ secret, newPassword })
    await allSettled(app)
    expect(mailServer.mails().at(-1)).toMatchObject({
      envelope: { to: ['ada@example.org'] },
      subject: expect.stringContaining('password was reset'),
    })
    await app.newClient().auth.login.mutate({ username: 'ada', password: newPassword })
    expect(await bob.api.account.me.query()).toMatchObject({ username: 'bob' })
  })

  test('mailed recovery: 100 requests at once for one address are one mail, and its link works', async () => {
    await using mailServer = await openMailServer()
    await using app = await testApp({ databaseKind, settings: mailSettings(mailServer) })
    const ada = await signUp(app, 'ada')
    await verifyAddress(app, ada.id, 'ada@example.org')
    await inParallel(() => failure(app.newClient().recovery.request.mutate({ identifier: 'ada' })), 100)
    await allSettled(app)
    const mails = mailServer.mails()
    expect(mails.map(({ envelope }) => envelope.to)).toEqual([['ada@example.org']])
    const secret = mails[0]?.links[0]?.split('#')[1] ?? ''
    expect(await app.newClient().recovery.reset.mutate({ secret, newPassword })).toMatchObject({
      username: 'ada',
    })
  })
})

test('mailed notices: a log-in from a new browser and a new password reach the owner', async () => {
  await using mailServer = await openMailServer()
  await using app = await testApp({ settings: mailSettings(mailServer) })
  const ada = await signUp(app, 'ada')
  await verifyAddress(app, ada.id, 'ada@example.org')
  await app.newClient().auth.login.mutate({ username: 'ada', password })
  await allSettled(app)
  await ada.api.account.changePassword.mutate({ currentPassword: password, newPassword })
  await allSettled(app)
  expect(mailServer.mails().map(({ envelope, subject }) => [...envelope.to, subject])).toEqual([
    ['ada@example.org', expect.stringContaining('New log-in')],
    ['ada@example.org', expect.stringContaining('password was changed')],
  ])
})

test('mailed notices: MAIL_NOTICES=security leaves out the log-in, and not the password', async () => {
  await using mailServer = await openMailServer()
  await using app = await testApp({
    settings: { ...mailSettings(mailServer), mailNotices: 'security' },
  })
  const ada = await signUp(app, 'ada')
  await verifyAddress(app, ada.id, 'ada@example.org')
  await app.newClient().auth.login.mutate({ username: 'ada', password })
  await ada.api.account.changePassword.mutate({ currentPassword: password, newPassword })
  await allSettled(app)
  expect(mailServer.mails().map(({ subject }) => subject)).toEqual([
    expect.stringContaining('password was changed'),
  ])
})
