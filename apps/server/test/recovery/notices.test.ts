import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { addAdmin, password, signUp } from '../support/actors.ts'
import { newRecoverySecret } from '../support/new-recovery-secret.ts'
import { noticesOf } from '../support/notices-of.ts'
import { verifyAddress } from '../support/recovery-mails.ts'

const newPassword = 'a better battery'

/** Performs each action that sends a notice, one step each. */
function stepsOf(
  app: TestApp,
  root: Awaited<ReturnType<typeof addAdmin>>,
  ada: Awaited<ReturnType<typeof signUp>>,
) {
  return {
    'new-device-login': () => app.newClient().auth.login.mutate({ username: 'ada', password }),
    'password-changed': () =>
      ada.api.account.changePassword.mutate({ currentPassword: password, newPassword }),
    'role-changed': () => root.api.users.setRole.mutate({ id: ada.id, role: 'admin' }),
    'sessions-ended': () => root.api.users.revokeSessions.mutate({ id: ada.id }),
    'recovery-link-issued': () => root.api.recovery.issueLink.mutate({ id: ada.id }),
    'password-reset': async () => {
      const secret = await newRecoverySecret(app, 'ada')
      // A link of the operator sends a different notice.
      await app.services.db.write((tx) => tx.deleteFrom('outbox_mails').execute())
      await app.api.recovery.reset.mutate({ secret, newPassword })
    },
    'account-disabled': () => root.api.users.setDisabled.mutate({ id: ada.id, disabled: true }),
    'account-closed': () => root.api.users.remove.mutate({ id: ada.id }),
  }
}

test('notices: each change of an account is one mail to its owner', async () => {
  await using app = await testApp()
  const root = await addAdmin(app, 'root')
  const ada = await signUp(app, 'ada')
  await verifyAddress(app, ada.id, 'ada@example.org')
  const { clock } = app
  const of = (ip: string | null, userAgent: string | null) => ({
    username: 'ada',
    origin: { at: clock.now(), ip, userAgent },
  })
  const byVisitor = of('127.0.0.1', 'node')
  const byAdmin = of(null, null)
  const accountUrl = `${app.services.publicUrl()}/account`
  const optional = { isOptional: true }
  const expected = {
    'new-device-login': { data: { ...byVisitor, accountUrl }, ...optional },
    'password-changed': { data: { ...byVisitor, accountUrl } },
    'role-changed': { data: { ...byAdmin, from: 'user', to: 'admin' }, ...optional },
    'sessions-ended': { data: { ...byAdmin, accountUrl } },
    'recovery-link-issued': { data: { ...byAdmin, by: 'admin' } },
    'password-reset': { data: { ...byVisitor, accountUrl } },
    'account-disabled': { data: byAdmin },
    'account-closed': { data: { ...byAdmin, by: 'admin' }, address: 'ada@example.org' },
  }
  const queued: Record<string, unknown> = {}
  for (const [mail, step] of Object.entries(stepsOf(app, root, ada))) {
    queued[mail] = await noticesOf(app, step)
  }
  expect(queued).toEqual(
    Object.fromEntries(
      Object.entries(expected).map(([mail, more]) => [mail, [{ userId: ada.id, mail, ...more }]]),
    ),
  )
})

test('notices: where no mail is sent, none is queued', async () => {
  await using app = await testApp()
  app.services.mailMode = 'none'
  const root = await addAdmin(app, 'root')
  const ada = await signUp(app, 'ada')
  await verifyAddress(app, ada.id, 'ada@example.org')
  for (const step of Object.values(stepsOf(app, root, ada))) await step()
  expect(await app.services.db.read.selectFrom('outbox_mails').selectAll().execute()).toEqual([])
})

test('notices: what changes nothing, or fails, queues none', async () => {
  await using app = await testApp()
  const root = await addAdmin(app, 'root')
  const ada = await signUp(app, 'ada')
  expect(
    await noticesOf(app, async () => {
      await root.api.users.setRole.mutate({ id: ada.id, role: 'user' })
      await root.api.users.setDisabled.mutate({ id: ada.id, disabled: false })
      const change = { currentPassword: 'wrong', newPassword }
      await expect(ada.api.account.changePassword.mutate(change)).rejects.toThrow('Wrong')
      await expect(root.api.account.close.mutate()).rejects.toThrow('at least one admin')
    }),
  ).toEqual([])
})

test('notices: a user closes an account, and its verified address gets the last mail', async () => {
  await using app = await testApp()
  const ada = await signUp(app, 'ada')
  await verifyAddress(app, ada.id, 'ada@example.org')
  const bob = await signUp(app, 'bob', { email: 'bob@example.org' })
  const queued = await noticesOf(app, async () => {
    await ada.api.account.close.mutate()
    // The address of bob is not verified.
    await bob.api.account.close.mutate()
  })
  expect(queued).toMatchObject([
    { userId: ada.id, address: 'ada@example.org', mail: 'account-closed', data: { by: 'user' } },
  ])
})

test('notices: a browser is new once, and the first one after recovery is not', async () => {
  await using app = await testApp()
  const ada = await signUp(app, 'ada')
  const phone = app.newClient()
  const logIn = (device: typeof phone, typed = password) =>
    noticesOf(app, () => device.auth.login.mutate({ username: 'ada', password: typed }))
  // Signed up in this browser.
  expect(await logIn(ada.api)).toEqual([])
  expect(await logIn(phone)).toMatchObject([{ mail: 'new-device-login' }])
  await phone.auth.logout.mutate()
  expect(await logIn(phone)).toEqual([])
  const secret = await newRecoverySecret(app, 'ada')
  await app.api.recovery.reset.mutate({ secret, newPassword })
  expect(await logIn(phone, newPassword)).toEqual([])
  expect(await logIn(ada.api, newPassword)).toMatchObject([{ mail: 'new-device-login' }])
})
