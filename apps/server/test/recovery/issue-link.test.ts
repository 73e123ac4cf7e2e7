import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { addAdmin, password, signUp } from '../support/actors.ts'
import type { Actor } from '../support/actors.ts'
import { auditRows, eventsOf } from '../support/audit-rows.ts'
import { newRecoverySecret } from '../support/new-recovery-secret.ts'
import { failure } from '../support/raw-call.ts'
import { mailedSecret, verifyAddress } from '../support/recovery-mails.ts'

const newPassword = 'a better battery'
const secretOf = ({ link }: { link: string }) => link.split('#')[1] ?? ''

describeOnEach('issued links', (databaseKind) => {
  test('issued links: an admin hands over a link without seeing or choosing a password', async () => {
    await using app = await testApp({ databaseKind })
    const root = await addAdmin(app, 'root')
    const ada = await signUp(app, 'ada')
    const first = await root.api.recovery.issueLink.mutate({ id: ada.id })
    app.clock.advance(1_000)
    const second = await root.api.recovery.issueLink.mutate({ id: ada.id })
    expect(second).toEqual({
      link: expect.stringMatching(/^http:\/\/localhost:\d+\/reset-password#[\w-]{43}$/),
      expiresAt: new Date(app.clock.now() + 24 * 3_600_000).toISOString(),
    })
    // The newer link replaces the older one. The password works until the link is used.
    expect(await failure(app.api.recovery.inspect.mutate({ secret: secretOf(first) }))).toEqual({
      reason: 'LINK_INVALID',
    })
    await app.newClient().auth.login.mutate({ username: 'ada', password })
    await app.api.recovery.reset.mutate({ secret: secretOf(second), newPassword })
    await app.newClient().auth.login.mutate({ username: 'ada', password: newPassword })
  })

  test('issued links: a recovery mail that an attacker requests does not end an issued link', async () => {
    await using app = await testApp({ databaseKind })
    const root = await addAdmin(app, 'root')
    const ada = await signUp(app, 'ada')
    await verifyAddress(app, ada.id, 'ada@example.org')
    const issued = secretOf(await root.api.recovery.issueLink.mutate({ id: ada.id }))
    await app.newClient().recovery.request.mutate({ identifier: 'ada' })
    const mailed = await mailedSecret(app)
    for (const secret of [issued, mailed]) await app.api.recovery.inspect.mutate({ secret })
    await app.api.recovery.reset.mutate({ secret: issued, newPassword })
    expect(await failure(app.api.recovery.inspect.mutate({ secret: mailed }))).toEqual({
      reason: 'LINK_INVALID',
    })
  })

  test.each([
    ['demoted', (root: Actor, id: string) => root.api.users.setRole.mutate({ id, role: 'user' })],
    ['disabled', (root: Actor, id: string) => root.api.users.setDisabled.mutate({ id, disabled: true })],
    ['removed', (root: Actor, id: string) => root.api.users.remove.mutate({ id })],
  ])('issued links: end when the admin who issued them is %s', async (_how, endAdmin) => {
    await using app = await testApp({ databaseKind })
    const root = await addAdmin(app, 'root')
    const eve = await addAdmin(app, 'eve')
    const users = [await signUp(app, 'ada'), await signUp(app, 'bob')]
    const links = await Promise.all(users.map(({ id }) => eve.api.recovery.issueLink.mutate({ id })))
    const carol = await signUp(app, 'carol')
    const ofRoot = secretOf(await root.api.recovery.issueLink.mutate({ id: carol.id }))
    const ofOperator = await newRecoverySecret(app)
    await endAdmin(root, eve.id)
    const dead = { reason: 'LINK_INVALID' }
    for (const link of links) {
      const secret = secretOf(link)
      expect(await failure(app.api.recovery.inspect.mutate({ secret }))).toEqual(dead)
      expect(await failure(app.api.recovery.reset.mutate({ secret, newPassword }))).toEqual(dead)
    }
    for (const secret of [ofRoot, ofOperator]) await app.api.recovery.inspect.mutate({ secret })
  })

  test('issued links: one that another admin replaced counts for the other', async () => {
    await using app = await testApp({ databaseKind })
    const root = await addAdmin(app, 'root')
    const eve = await addAdmin(app, 'eve')
    const ada = await signUp(app, 'ada')
    await eve.api.recovery.issueLink.mutate({ id: ada.id })
    const secret = secretOf(await root.api.recovery.issueLink.mutate({ id: ada.id }))
    await root.api.users.remove.mutate({ id: eve.id })
    expect(await app.api.recovery.inspect.mutate({ secret })).toMatchObject({ username: 'ada' })
  })
})

test('issued links: the owner sees who issued one, without the address and browser of the admin', async () => {
  await using app = await testApp()
  const root = await addAdmin(app, 'root')
  const ada = await signUp(app, 'ada')
  app.clock.advance(1)
  const { link } = await root.api.recovery.issueLink.mutate({ id: ada.id })
  const { items } = await ada.api.account.activity.query({ limit: 1 })
  expect(items).toMatchObject([
    { event: 'recovery-link-issued', actor: { username: 'root' }, ip: null, userAgent: null, detail: {} },
  ])
  expect((await auditRows(app)).at(-1)).toMatchObject({ actor_id: root.id, subject: ada.id, ip: '127.0.0.1' })
  expect(JSON.stringify(await auditRows(app))).not.toContain(secretOf({ link }))
})

test('issued links: none for oneself or for a disabled user, one for another admin', async () => {
  await using app = await testApp()
  const root = await addAdmin(app, 'root')
  const other = await addAdmin(app, 'other')
  const ada = await signUp(app, 'ada')
  await root.api.users.setDisabled.mutate({ id: ada.id, disabled: true })
  const issue = (id: string) => failure(root.api.recovery.issueLink.mutate({ id }))
  const written = await eventsOf(app, async () => {
    expect(await issue(root.id)).toEqual({ reason: 'FORBIDDEN' })
    expect(await issue(ada.id)).toEqual({ reason: 'NOT_FOUND' })
    expect(await issue(other.id)).toBeUndefined()
  })
  expect(written).toEqual(['recovery-link-issued'])
})
