import { rateLimits, tokenLimits } from '@app/contract'
import { identifyCaller } from '@app/router'
import { describeOnEach, newAccessToken } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { watchReads } from '../support/database-reads.ts'
import { giveToken } from '../support/give-token.ts'
import { failure, get, post, reasonIn } from '../support/raw-call.ts'
import type { Credentials } from '../support/raw-call.ts'

const address = '127.0.0.1'

async function useUp(app: TestApp, limit: keyof typeof rateLimits, key: string): Promise<void> {
  await app.services.rateLimits.consume(limit, key, rateLimits[limit].points)
}

const read = async ({ url }: TestApp, caller: Credentials) => reasonIn(await get(url, 'account.me', caller))
const write = async ({ url }: TestApp, caller: Credentials) =>
  reasonIn(await post(url, 'account.updateProfile', { name: 'Ada' }, caller))

test('limits: a token has its own allowance, and another one of the account still works', async () => {
  await using app = await testApp()
  const user = await newUser(app)
  const [one, other] = [
    await giveToken(app, user.id, { scopes: ['account:write'] }),
    await giveToken(app, user.id, { scopes: ['account:write'] }),
  ]
  await useUp(app, 'queriesPerToken', one.id)
  expect([await read(app, one), await write(app, one)]).toEqual(['RATE_LIMITED', undefined])
  await useUp(app, 'mutationsPerToken', one.id)
  expect(await write(app, one)).toBe('RATE_LIMITED')
  for (const caller of [other, user.cookie])
    expect([await read(app, caller), await write(app, caller)]).toEqual([undefined, undefined])
})

test('limits: all tokens of an account share its allowance, and its sessions keep their reserve', async () => {
  await using app = await testApp()
  const user = await newUser(app)
  const token = await giveToken(app, user.id, { scopes: ['account:write'] })
  await useUp(app, 'queriesPerAccount', user.id)
  await useUp(app, 'mutationsPerAccount', user.id)
  expect([await read(app, token), await write(app, token)]).toEqual(['RATE_LIMITED', 'RATE_LIMITED'])
  expect([await read(app, user.cookie), await write(app, user.cookie)]).toEqual([undefined, undefined])
})

test('limits: a token that is not valid counts for the address', async () => {
  await using app = await testApp()
  const user = await newUser(app)
  const expired = await giveToken(app, user.id, { scopes: ['account:read'], expiresInMs: 0 })
  const valid = await giveToken(app, user.id, { scopes: ['account:read'] })
  await useUp(app, 'anonymousCallsPerAddress', address)
  for (const token of [
    expired,
    { token: newAccessToken() },
    { token: 'x' },
    { ...valid, cookie: user.cookie },
  ])
    expect(await read(app, token)).toBe('RATE_LIMITED')
  expect(reasonIn(await get(app.url, 'sessions.list', valid))).toBe('RATE_LIMITED')
  expect(await read(app, valid)).toBeUndefined()
})

describeOnEach('limits: tokens that do not exist', (databaseKind) => {
  test('cost one read each, and none once the address has tried too many', async () => {
    await using app = await testApp({ databaseKind })
    const { id } = await newUser(app)
    const [known, unknown] = [
      await giveToken(app, id, { scopes: ['account:read'] }),
      await giveToken(app, id, { scopes: ['account:read'] }),
    ]
    expect(await read(app, known)).toBeUndefined()
    using reads = watchReads(app)
    const forged = { token: newAccessToken() }
    for (const _ of [1, 2, 3]) expect(await read(app, forged)).toBe('UNAUTHENTICATED')
    expect(reads.count()).toBe(1)
    await useUp(app, 'tokenFailuresPerAddress', address)
    expect(await read(app, { token: newAccessToken() })).toBe('RATE_LIMITED')
    expect(await read(app, unknown)).toBe('RATE_LIMITED')
    expect(reads.count()).toBe(1)
    // A call of the last minute found it valid.
    expect(await read(app, known)).toBeUndefined()
  })
})

test('limits: an account has at most 50 tokens that have not expired, and revoking frees a place', async () => {
  await using app = await testApp()
  const { api, id } = await newUser(app)
  const given = []
  for (let count = 0; count < tokenLimits.perAccount; count += 1)
    given.push(await giveToken(app, id, { scopes: [], expiresInMs: count === 0 ? 1_000 : 90_000 }))
  const create = () => api.tokens.create.mutate({ name: 'Next', scopes: ['account:read'] })
  expect(await failure(create())).toEqual({ reason: 'TOO_MANY_TOKENS' })
  app.clock.advance(1_000)
  await create()
  expect(await failure(create())).toEqual({ reason: 'TOO_MANY_TOKENS' })
  await api.tokens.revoke.mutate({ id: given[1]?.id ?? '' })
  await create()
})

test('admission: a token in use counts for its account, and every other one for the address', async () => {
  await using app = await testApp()
  const { id, cookie } = await newUser(app)
  const { id: tokenId, token } = await giveToken(app, id, { scopes: ['account:read'] })
  const key = (authorization: string, more: { cookie?: string; recovers?: boolean } = {}) => {
    const facts = { cookie: more.cookie, authorization, ip: address }
    const caller = identifyCaller(app.services, facts, { countsForAddress: more.recovers ?? false })
    return [caller.key, caller.credentialId]
  }
  const bearer = `Bearer ${token}`
  expect(key(bearer)).toEqual([address, null])
  await read(app, { token })
  expect(key(bearer)).toEqual([`account ${id}`, tokenId])
  for (const other of [`Bearer ${newAccessToken()}`, 'Bearer x']) expect(key(other)).toEqual([address, null])
  expect(key(bearer, { cookie })).toEqual([address, null])
  expect(key(bearer, { recovers: true })).toEqual([address, null])
  app.clock.advance(24 * 3_600_000)
  expect(await read(app, { token })).toBe('UNAUTHENTICATED')
  expect(key(bearer)).toEqual([address, null])
})

test('sweep: tokens that expired long ago are deleted by later ones, and listed until then', async () => {
  await using app = await testApp()
  const { api, id, cookie: _ } = await newUser(app)
  const ids = () =>
    app.services.db.read
      .selectFrom('access_tokens')
      .select('id')
      .execute()
      .then((rows) => rows.length)
  for (let count = 0; count < 12; count += 1) await giveToken(app, id, { scopes: [], expiresInMs: 0 })
  await api.tokens.create.mutate({ name: 'A', scopes: ['account:read'] })
  expect(await ids()).toBe(13)
  expect((await api.tokens.list.query({})).items).toHaveLength(13)
  app.clock.advance(tokenLimits.keptAfterExpiryMs)
  const later = await newUser(app)
  await later.api.tokens.create.mutate({ name: 'B', scopes: ['account:read'] })
  expect(await ids()).toBe(4)
})
