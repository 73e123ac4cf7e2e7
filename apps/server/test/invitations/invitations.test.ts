import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { addAdmin, password, signUp, unknownSecret } from '../support/actors.ts'
import type { Actor } from '../support/actors.ts'
import { eventsOf } from '../support/audit-rows.ts'
import { newInvitation } from '../support/new-invitation.ts'
import { failure } from '../support/raw-call.ts'
import { expectWinners, inParallel, serverPair } from '../support/server-pair.ts'

const invited = { settings: { signup: 'invite' } } as const

/** Another machine can reach it, so without SMTP it sends no mail. */
const withoutMail = { host: { trustProxy: 1 } }

const dayMs = 24 * 3_600_000

async function createBy({ api }: Actor, email?: string) {
  return api.invitations.create.mutate(email === undefined ? {} : { email })
}

function secretOf({ link }: { link: string | null }): string {
  return link?.split('#')[1] ?? ''
}

/** Signs up with a link in a new browser. */
function accept(app: TestApp, invitation: string, more: { username?: string; email?: string } = {}) {
  return app.newClient().auth.signup.mutate(signupInput({ username: 'ada', password, invitation, ...more }))
}

describeOnEach('invitations', (databaseKind) => {
  test('a link lets one user sign up where sign-up needs an invitation', async () => {
    await using app = await testApp({ databaseKind, ...invited })
    const root = await addAdmin(app, 'root')
    expect(await failure(app.api.auth.signup.mutate(signupInput({ username: 'eve', password })))).toEqual({
      reason: 'INVITATION_REQUIRED',
    })
    const created = await createBy(root)
    expect(created.link).toMatch(/^http:\/\/localhost:\d+\/invitation#[\w-]{43}$/)
    expect(created.invitation).toMatchObject({ email: null, status: 'open', createdBy: 'root' })

    const secret = secretOf(created)
    expect(await app.api.invitations.inspect.mutate({ secret })).toMatchObject({ email: 'optional' })
    const written = await eventsOf(app, async () => {
      expect(await accept(app, secret)).toMatchObject({ user: { username: 'ada', role: 'user' } })
    })
    expect(written.toSorted()).toEqual(['invitation-accepted', 'signup'])
    expect(await failure(accept(app, secret, { username: 'bob' }))).toEqual({ reason: 'LINK_INVALID' })
    expect(await failure(app.api.invitations.inspect.mutate({ secret }))).toEqual({ reason: 'LINK_INVALID' })
    const { items } = await root.api.invitations.list.query()
    expect(items).toMatchObject([{ status: 'accepted', acceptedBy: 'ada', createdBy: 'root' }])
  })

  test('a refused sign-up does not use up the link', async () => {
    await using app = await testApp({ databaseKind, ...invited })
    const root = await addAdmin(app, 'root')
    const secret = secretOf(await createBy(root))
    expect(await failure(accept(app, secret, { username: 'root.' }))).toMatchObject({
      reason: 'INVALID_INPUT',
    })
    expect(await failure(accept(app, secret, { username: 'superuser' }))).toBeUndefined()
    expect(await failure(accept(app, secret))).toEqual({ reason: 'LINK_INVALID' })
  })

  test('of 16 sign-ups at once on two servers one is accepted', async () => {
    await using servers = await serverPair(databaseKind, { limits: 'relaxed', signup: 'invite' })
    const root = await addAdmin(servers.first, 'root')
    const secret = secretOf(await createBy(root))
    const outcomes = await inParallel(
      (index) => failure(accept(servers.at(index), secret, { username: `user-${index}` })),
      16,
    )
    expectWinners(outcomes, 1, ['LINK_INVALID'])
    const users = await servers.first.services.db.read.selectFrom('users').select('id').execute()
    expect(users).toHaveLength(2)
    const events = await servers.first.services.db.read
      .selectFrom('audit_events')
      .where('event', 'in', ['signup', 'invitation-accepted'])
      .select('event')
      .execute()
    expect(events).toHaveLength(2)
  })

  test('a revoked invitation cannot be accepted, and an accepted one cannot be revoked', async () => {
    await using app = await testApp({ databaseKind, ...invited })
    const root = await addAdmin(app, 'root')
    const revoked = await createBy(root)
    const { id } = revoked.invitation
    expect(await eventsOf(app, () => root.api.invitations.revoke.mutate({ id }))).toEqual([
      'invitation-revoked',
    ])
    expect(await failure(accept(app, secretOf(revoked)))).toEqual({ reason: 'LINK_INVALID' })
    expect(await failure(root.api.invitations.revoke.mutate({ id }))).toEqual({ reason: 'NOT_FOUND' })

    const accepted = await createBy(root)
    await accept(app, secretOf(accepted))
    expect(await failure(root.api.invitations.revoke.mutate({ id: accepted.invitation.id }))).toEqual({
      reason: 'NOT_FOUND',
    })
  })

  test('of an acceptance and a revocation at once one succeeds', async () => {
    await using servers = await serverPair(databaseKind, { limits: 'relaxed', signup: 'invite' })
    const root = await addAdmin(servers.first, 'root')
    for (let round = 0; round < 4; round += 1) {
      const created = await createBy(root)
      const outcomes = await Promise.all([
        failure(accept(servers.at(0), secretOf(created), { username: `user-${round}` })),
        failure(root.api.invitations.revoke.mutate({ id: created.invitation.id })),
      ])
      expectWinners(outcomes, 1, ['LINK_INVALID', 'NOT_FOUND'])
    }
  })

  test('expires after 7 days', async () => {
    await using app = await testApp({ databaseKind, ...invited })
    const root = await addAdmin(app, 'root')
    const secret = secretOf(await createBy(root))
    app.clock.advance(7 * dayMs - 1_000)
    expect(await failure(app.api.invitations.inspect.mutate({ secret }))).toBeUndefined()
    app.clock.advance(1_000)
    expect(await failure(accept(app, secret))).toEqual({ reason: 'LINK_INVALID' })
    await root.api.auth.login.mutate({ username: 'root', password })
    expect((await root.api.invitations.list.query()).items).toMatchObject([{ status: 'expired' }])
    app.clock.advance(91 * dayMs)
    await root.api.auth.login.mutate({ username: 'root', password })
    await createBy(root)
    expect((await root.api.invitations.list.query()).items).toMatchObject([{ status: 'open' }])
  })

  test('without mail an invitation for an address asks for that address', async () => {
    await using app = await testApp({ databaseKind, ...invited, ...withoutMail })
    const root = await addAdmin(app, 'root')
    const created = await createBy(root, 'Ada@example.org')
    const secret = secretOf(created)
    expect(await app.api.invitations.inspect.mutate({ secret })).toMatchObject({ email: 'invited' })
    const fields = (email: string) => ({ reason: 'INVALID_INPUT', fields: { email: [email] }, form: [] })
    expect(await failure(accept(app, secret))).toEqual(fields('Enter the email address that was invited.'))
    expect(await failure(accept(app, secret, { email: 'eve@example.org' }))).toEqual(
      fields('This invitation is for another email address.'),
    )
    const { user } = await accept(app, secret, { email: 'ada@EXAMPLE.org' })
    // The link was handed over by an admin, so it proves nothing about the address.
    expect(user).toMatchObject({ email: 'Ada@example.org', emailVerified: false })
  })

  test('only admins create, list and revoke, and only with a fresh password', async () => {
    await using app = await testApp({ databaseKind })
    const root = await addAdmin(app, 'root')
    const eve = await signUp(app, 'eve')
    const { invitation } = await createBy(root)
    expect(await failure(eve.api.invitations.create.mutate({}))).toEqual({ reason: 'FORBIDDEN' })
    expect(await failure(eve.api.invitations.list.query())).toEqual({ reason: 'FORBIDDEN' })
    expect(await failure(eve.api.invitations.revoke.mutate({ id: invitation.id }))).toEqual({
      reason: 'FORBIDDEN',
    })
    app.clock.advance(11 * 60_000)
    expect(await failure(createBy(root))).toMatchObject({ reason: 'REAUTH_REQUIRED' })
  })
})

test('invitations: the secret is stored as a hash only', async () => {
  await using app = await testApp(invited)
  const { secret } = await newInvitation(app)
  const rows = await app.services.db.read.selectFrom('one_time_secrets').selectAll().execute()
  expect(rows).toHaveLength(1)
  expect(JSON.stringify(rows)).not.toContain(secret)
})

test('invitations: a truncated, altered or other secret is refused', async () => {
  await using app = await testApp(invited)
  const { secret } = await newInvitation(app)
  const last = secret.endsWith('A') ? 'B' : 'A'
  for (const wrong of [secret.slice(0, -1), `${secret}A`, `${secret}=`, ` ${secret}`]) {
    expect(await failure(accept(app, wrong))).toMatchObject({ reason: 'INVALID_INPUT' })
  }
  for (const wrong of [secret.slice(0, -1) + last, secret.toLowerCase(), unknownSecret]) {
    expect(await failure(accept(app, wrong))).toEqual({ reason: 'LINK_INVALID' })
  }
  expect(await failure(accept(app, secret))).toBeUndefined()
})

test('invitations: one that was issued by a clock ahead is invalid', async () => {
  await using app = await testApp(invited)
  app.clock.advance(30 * dayMs)
  const { secret } = await newInvitation(app)
  app.clock.advance(-30 * dayMs)
  expect(await failure(accept(app, secret))).toEqual({ reason: 'LINK_INVALID' })
})

test('invitations: they do not open a closed sign-up', async () => {
  await using app = await testApp()
  const { secret } = await newInvitation(app)
  await using closed = await testApp({
    databaseUrl: app.databaseUrl,
    clock: app.clock,
    settings: { signup: 'closed' },
  })
  expect(await failure(accept(closed, secret))).toEqual({ reason: 'SIGNUP_CLOSED' })
})
