import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp, TestAppOptions } from '../../src/testing/test-app.ts'
import { newAdmin, newUser, password } from '../support/actors.ts'
import { giveToken } from '../support/give-token.ts'
import { failure, get, post, reasonIn } from '../support/raw-call.ts'
import { giveSecondFactor, raiseSessions } from '../support/second-factor.ts'

const on: TestAppOptions = { settings: { adminTokens: 'on' } }
const strict: TestAppOptions = { settings: { adminTokens: 'on', adminSecondFactor: 'required' } }

/** Returns the email address that the list of users shows of a user, by a token; undefined if none. */
async function shownEmail(app: TestApp, caller: { token: string }, username: string) {
  const query = encodeURIComponent(JSON.stringify({ search: username }))
  const { text } = await get(app.url, `users.list?input=${query}`, caller)
  // Sound: the output of the procedure.
  const { result } = JSON.parse(text) as { result: { data: { items: { email?: string }[] } } }
  return result.data.items[0]?.email
}

test.each([
  ['with ADMIN_TOKENS=on: what admins see', on, 1, 'ada@example.org'],
  ['with ADMIN_TOKENS=off: what every user sees', {}, 1, undefined],
  ['made at level 1 where admins need a factor: what every user sees', strict, 1, undefined],
  ['made at level 2 there: what admins see', strict, 2, 'ada@example.org'],
] as const)('users.list by a token of an admin, %s', async (_name, options, level, expected) => {
  await using app = await testApp(options)
  const [admin, user] = [await newAdmin(app), await newUser(app)]
  await app.services.db.write((tx) =>
    tx
      .insertInto('emails')
      .values({ id: 'x', user_id: user.id, address: 'ada@example.org', address_key: 'x', verified_at: 1 })
      .execute(),
  )
  await giveSecondFactor(app, admin.id)
  const token = await giveToken(app, admin.id, { scopes: ['users:read'], level })
  expect(await shownEmail(app, token, user.username)).toBe(expected)
})

test('a token of a former admin has no rights of admins, and none of a later promotion without its scope', async () => {
  await using app = await testApp(on)
  const [root, user] = [await newAdmin(app), await newUser(app)]
  const token = await giveToken(app, user.id, { scopes: ['users:read'] })
  await root.api.users.setRole.mutate({ id: user.id, role: 'admin' })
  const audit = await giveToken(app, user.id, { scopes: ['audit:read'] })
  expect((await get(app.url, 'audit.list', audit)).status).toBe(200)
  expect(reasonIn(await get(app.url, 'audit.list', token))).toBe('SCOPE_REQUIRED')
  await root.api.users.setRole.mutate({ id: user.id, role: 'user' })
  expect(reasonIn(await get(app.url, 'audit.list', audit))).toBe('FORBIDDEN')
  expect(await shownEmail(app, token, user.username)).toBeNull()
})

test('a token made at level 2 has no rights of admins once its user has no second factor', async () => {
  await using app = await testApp(strict)
  const admin = await newAdmin(app)
  await giveSecondFactor(app, admin.id)
  const token = await giveToken(app, admin.id, { scopes: ['users:write'], level: 2 })
  const { id } = await newUser(app)
  const disable = async () =>
    reasonIn(await post(app.url, 'users.setDisabled', { id, disabled: true }, token))
  expect(await disable()).toBeUndefined()
  await app.services.db.write((tx) => tx.deleteFrom('factors').where('user_id', '=', admin.id).execute())
  expect(await disable()).toBe('FACTOR_REQUIRED')
})

test('users.setDisabled: a token disables an admin, and enables users only', async () => {
  await using app = await testApp(on)
  const [root, former, user] = [await newAdmin(app), await newAdmin(app), await newUser(app)]
  const token = await giveToken(app, root.id, { scopes: ['users:write'] })
  const set = async (id: string, disabled: boolean) =>
    reasonIn(await post(app.url, 'users.setDisabled', { id, disabled }, token))
  for (const { id } of [former, user]) expect(await set(id, true)).toBeUndefined()
  // Otherwise a leaked token would make a former admin one again.
  expect(await set(former.id, false)).toBe('TOKEN_NOT_ALLOWED')
  const logIn = { username: former.username, password }
  expect(await failure(app.newClient().auth.login.mutate(logIn))).toEqual({ reason: 'INVALID_CREDENTIALS' })
  expect(await set(user.id, false)).toBeUndefined()
  // An admin who is enabled already stays so.
  expect(await set(root.id, false)).toBeUndefined()
})

test('create: scopes of admins are for admins, where ADMIN_TOKENS=on, at level 2 where it is required', async () => {
  const create = { name: 'Bot', scopes: ['audit:read' as const] }
  for (const [options, isAdmin, isRaised, reason] of [
    [on, true, false, undefined],
    [on, false, false, 'FORBIDDEN'],
    [{}, true, false, 'FORBIDDEN'],
    [strict, true, false, 'FORBIDDEN'],
    [strict, true, true, undefined],
  ] as const) {
    await using app = await testApp(options)
    const { api, id } = isAdmin ? await newAdmin(app) : await newUser(app)
    if (isRaised) await raiseSessions(app, id)
    const { grantable } = await api.tokens.list.query({})
    expect(grantable.includes('audit:read')).toBe(reason === undefined)
    expect((await failure(api.tokens.create.mutate(create)))?.reason).toBe(reason)
  }
})

test('create: a session at level 2 makes a token of level 2', async () => {
  await using app = await testApp(strict)
  const { api, id } = await newAdmin(app)
  await raiseSessions(app, id)
  const { token } = await api.tokens.create.mutate({ name: 'Bot', scopes: ['audit:read'] })
  expect((await get(app.url, 'audit.list', { token })).status).toBe(200)
})

test('users.tokens: an admin sees the tokens of a user, and revokes one', async () => {
  await using app = await testApp()
  const [admin, user] = [await newAdmin(app), await newUser(app)]
  const { token, ...created } = await user.api.tokens.create.mutate({
    name: 'Backup',
    scopes: ['account:read'],
  })
  expect(await admin.api.users.tokens.query({ id: user.id })).toEqual([created])
  await admin.api.users.revokeToken.mutate({ id: created.id })
  expect(await admin.api.users.tokens.query({ id: user.id })).toEqual([])
  expect(reasonIn(await get(app.url, 'account.me', { token }))).toBe('UNAUTHENTICATED')
})
