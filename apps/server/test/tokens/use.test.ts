import type { AuditEventName } from '@app/contract'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { metricsPrefix } from '../../src/operations/metrics.ts'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newAdmin, newUser } from '../support/actors.ts'
import { blockWriter } from '../support/block-writer.ts'
import { eventDetails } from '../support/event-details.ts'
import { giveToken } from '../support/give-token.ts'
import { noticesOf } from '../support/notices-of.ts'
import { get, post } from '../support/raw-call.ts'
import { readMetrics } from '../support/read-metrics.ts'
import { inParallel } from '../support/server-pair.ts'

const lastUse = async ({ services }: TestApp) => {
  const row = await services.db.read.selectFrom('access_tokens').select('last_used_at').executeTakeFirst()
  return row?.last_used_at
}

describeOnEach('last use of a token', (databaseKind) => {
  test('is saved at most once a minute, by one of several calls', async () => {
    await using app = await testApp({ databaseKind })
    const { id } = await newUser(app)
    const token = await giveToken(app, id, { scopes: ['account:read'] })
    const { db } = app.services
    const write = db.write.bind(db)
    let saved = 0
    db.write = async (work, options) => {
      const result = await write(work, options)
      if (result === true) saved += 1
      return result
    }
    const use = () => get(app.url, 'account.me', token)
    await inParallel(use)
    const first = app.clock.now()
    expect([await lastUse(app), saved]).toEqual([first, 1])
    app.clock.advance(59_999)
    await use()
    expect([await lastUse(app), saved]).toEqual([first, 1])
    app.clock.advance(1)
    await inParallel(use)
    expect([await lastUse(app), saved]).toEqual([app.clock.now(), 2])
  })
})

test('last use of a token: a call without the scope, or after the revocation, is none', async () => {
  await using app = await testApp()
  const { id } = await newUser(app)
  const token = await giveToken(app, id, { scopes: [] })
  await get(app.url, 'account.me', token)
  expect(await lastUse(app)).toBeNull()
})

test('last use of a token: a call that reads succeeds while nothing can be written', async () => {
  await using app = await testApp({ database: { waitMs: 20 } })
  const { id } = await newUser(app)
  const token = await giveToken(app, id, { scopes: ['account:read'] })
  {
    await using _lock = await blockWriter(app)
    expect((await get(app.url, 'account.me', token)).status).toBe(200)
  }
  expect(await lastUse(app)).toBeNull()
})

test('audit: creation and revocation name the token, and a change by a token has its id', async () => {
  await using app = await testApp({ settings: { adminTokens: 'on' } })
  const admin = await newAdmin(app)
  const user = await newUser(app)
  const { id } = await admin.api.tokens.create.mutate({ name: 'Bot', scopes: ['users:write', 'audit:read'] })
  expect(await eventDetails(app, 'token-created')).toEqual([
    { tokenId: id, name: 'Bot', scopes: 'users:write audit:read' },
  ])
  const { token, id: used } = await giveToken(app, admin.id, { scopes: ['users:write'] })
  const answer = await post(app.url, 'users.setDisabled', { id: user.id, disabled: true }, { token })
  expect(answer.status).toBe(200)
  expect(await eventDetails(app, 'disabled')).toEqual([{ endedSessions: 1, byToken: used }])
  await admin.api.users.revokeToken.mutate({ id })
  expect(await eventDetails(app, 'token-revoked')).toEqual([{ tokenId: id, name: 'Bot' }])
})

test('notices: a new token is one mail to its owner, and its use is none', async () => {
  await using app = await testApp()
  const { api, username, id } = await newUser(app)
  const queued = await noticesOf(app, async () => {
    const { token } = await api.tokens.create.mutate({ name: 'Backup', scopes: ['account:read'] })
    await get(app.url, 'account.me', { token })
  })
  expect(queued).toMatchObject([{ userId: id, mail: 'token-created', data: { username, name: 'Backup' } }])
})

test('metrics: count calls with a token by outcome', async () => {
  await using app = await testApp({ host: { metricsPort: 0 } })
  const { id, cookie } = await newUser(app)
  const { token } = await giveToken(app, id, { scopes: ['account:read'] })
  await get(app.url, 'account.me', { token })
  await get(app.url, 'account.me', { token: 'x' })
  await get(app.url, 'account.me', cookie)
  await expect
    .poll(async () =>
      [...(await readMetrics(app))].filter(([name]) => name.startsWith(`${metricsPrefix}_token_calls`)),
    )
    .toEqual([
      [`${metricsPrefix}_token_calls_total{outcome="ok"}`, 1],
      [`${metricsPrefix}_token_calls_total{outcome="UNAUTHENTICATED"}`, 1],
    ])
})

test('export: contains the tokens of the user, without what could be used', async () => {
  await using app = await testApp()
  const { api, cookie } = await newUser(app)
  const { token, ...shown } = await api.tokens.create.mutate({ name: 'Backup', scopes: ['account:read'] })
  const { text } = await get(app.url, 'account.export', cookie)
  expect(JSON.parse(text)).toMatchObject({ accessTokens: [shown] })
  expect(text).not.toContain(token)
})

describeOnEach('audit: the events of a token', (databaseKind) => {
  test('are what it did, its creation and its revocation, for admins and for its user', async () => {
    await using app = await testApp({ databaseKind, settings: { adminTokens: 'on' } })
    const admin = await newAdmin(app)
    const [user, other] = [await newUser(app), await newUser(app)]
    const { id: tokenId, token } = await admin.api.tokens.create.mutate({
      name: 'Bot',
      scopes: ['users:write'],
    })
    await admin.api.tokens.create.mutate({ name: 'Another', scopes: ['users:write'] })
    for (const { id } of [user, other]) {
      app.clock.advance(1)
      await post(app.url, 'users.setDisabled', { id, disabled: true }, { token })
    }
    app.clock.advance(1)
    await admin.api.tokens.revoke.mutate({ id: tokenId })

    const list = async (filter: { userId?: string; event?: 'disabled' }) => {
      const { items } = await admin.api.audit.list.query({ ...filter, tokenId })
      return items.map(({ event, subject }) => [event, subject?.id])
    }
    const ofUser = ['disabled', user.id]
    const ofOther = ['disabled', other.id]
    const all = [['token-revoked', admin.id], ofOther, ofUser, ['token-created', admin.id]]
    expect(await list({})).toEqual(all)
    expect(await list({ event: 'disabled' })).toEqual([ofOther, ofUser])
    expect(await list({ userId: user.id })).toEqual([ofUser])
    expect(await list({ userId: admin.id })).toEqual(all)
    const { items, nextCursor } = await admin.api.audit.list.query({ tokenId, limit: 3 })
    const rest = await admin.api.audit.list.query({ tokenId, limit: 3, cursor: nextCursor ?? undefined })
    expect([...items, ...rest.items]).toHaveLength(4)

    const own = await admin.api.account.activity.query({ tokenId })
    expect(own.items.map(({ event }) => event)).toEqual(all.map(([event]) => event))
    const third = await newUser(app)
    expect((await third.api.account.activity.query({ tokenId })).items).toEqual([])
  })
})

describeOnEach('audit: the name of a token', (databaseKind) => {
  test('is in the lists of its events, for admins and its user, also after its revocation', async () => {
    await using app = await testApp({ databaseKind })
    const [admin, user, other] = [await newAdmin(app), await newUser(app), await newUser(app)]
    const { id } = await user.api.tokens.create.mutate({ name: 'Bot', scopes: ['account:read'] })
    const tokens = async (filter: { tokenId?: string }) => [
      (await admin.api.audit.list.query(filter)).token,
      (await admin.api.audit.list.query({ ...filter, userId: other.id, event: 'login' })).token,
      (await user.api.account.activity.query(filter)).token,
      (await other.api.account.activity.query(filter)).token,
    ]
    const named = { id, name: 'Bot' }
    const unnamed = { id, name: null }
    expect(await tokens({ tokenId: id })).toEqual([named, named, named, unnamed])
    await user.api.tokens.revoke.mutate({ id })
    expect(await tokens({ tokenId: id })).toEqual([named, named, named, unnamed])
    expect(await tokens({})).toEqual([null, null, null, null])

    // Events are deleted after 180 days, the creation first.
    await deleteEvents(app, 'token-created')
    expect(await tokens({ tokenId: id })).toEqual([named, named, named, unnamed])
    await deleteEvents(app, 'token-revoked')
    expect(await tokens({ tokenId: id })).toEqual([unnamed, unnamed, unnamed, unnamed])
  })

  test('is known to its user and to admins while the token exists, without any event', async () => {
    await using app = await testApp({ databaseKind })
    const [admin, user, other] = [await newAdmin(app), await newUser(app), await newUser(app)]
    const { id: tokenId } = await user.api.tokens.create.mutate({ name: 'Bot', scopes: ['account:read'] })
    await deleteEvents(app, 'token-created')
    const names = async () => [
      (await user.api.account.activity.query({ tokenId })).token?.name,
      (await other.api.account.activity.query({ tokenId })).token?.name,
      (await admin.api.audit.list.query({ tokenId })).token?.name,
    ]
    expect(await names()).toEqual(['Bot', null, 'Bot'])
    // As its expiry after a year does later.
    await app.services.db.write((tx) => tx.deleteFrom('access_tokens').where('id', '=', tokenId).execute())
    expect(await names()).toEqual([null, null, null])
  })
})

async function deleteEvents({ services }: TestApp, event: AuditEventName): Promise<void> {
  await services.db.write((tx) => tx.deleteFrom('audit_events').where('event', '=', event).execute())
}
