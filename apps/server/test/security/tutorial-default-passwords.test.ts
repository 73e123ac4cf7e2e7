import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newAdmin } from '../support/actors.ts'
import type { Path } from '../support/procedure-types.ts'
import { call, paths, procedures } from '../support/procedures.ts'
import { post, reasonIn } from '../support/raw-call.ts'
import { validInput } from '../support/valid-inputs.ts'

// Two more mistakes of the tutorials that this project began as. Each title names the mistake.

test('unauthenticated bulk create with a default password', async () => {
  await using app = await testApp()
  const users = [{ username: 'ada' }, { username: 'grace' }]
  const chosen = users.map((one) => ({ ...one, password: 'correct horse battery' }))
  const inputs = [users, { users }, users[0], { ...users[0], password: null }, chosen, { chosen }]
  for (const input of inputs) {
    const answer = await post(app.url, 'auth.signup', input)
    expect([answer.status, reasonIn(answer)]).toEqual([400, 'INVALID_INPUT'])
  }
  expect(
    reasonIn(await post(app.url, 'auth.signup,auth.signup?batch=1', Object.fromEntries(chosen.entries()))),
  ).toBe('BATCH_REFUSED')
  for (const path of ['users.create', 'users.createMany', 'users.import', 'auth.signupMany']) {
    expect(reasonIn(await post(app.url, path, users))).toBe('NO_SUCH_PROCEDURE')
  }
  const open = paths.filter((path) => {
    const { type, meta } = procedures[path]._def
    return type === 'mutation' && /"access":"public"/.test(JSON.stringify(meta))
  })
  // The others need a factor, an outside identity or the secret of a link, except `recovery.request`, which
  // mails one to the account's owner, and `auth.passkeyOptions`, which asks for a passkey.
  expect(open.toSorted()).toEqual([
    'auth.completeFactorReset',
    'auth.identitySignup',
    'auth.inspectFactorReset',
    'auth.login',
    'auth.logout',
    'auth.passkeyLogin',
    'auth.passkeyOptions',
    'auth.secondFactor',
    'auth.signup',
    'email.verify',
    'invitations.inspect',
    'recovery.inspect',
    'recovery.request',
    'recovery.reset',
  ])
  expect(await app.services.db.read.selectFrom('users').select('username').execute()).toEqual([])
})

async function storedPasswords({ services }: TestApp): Promise<Map<string, string>> {
  const rows = await services.db.read.selectFrom('password_credentials').selectAll().execute()
  return new Map(rows.map((row) => [row.user_id, JSON.stringify(row)]))
}

test('reset to a shared default password', async () => {
  await using app = await testApp()
  // No procedure lets an admin change a password, except with the current one or the secret of a link.
  const choosing: readonly Path[] = ['account.changePassword', 'recovery.reset']
  for (const path of paths.filter((one) => !choosing.includes(one))) {
    const caller = await newAdmin(app)
    const input = await validInput(path, { app, caller, owner: caller })
    const before = await storedPasswords(app)
    const answer = await call(app.url, path, input, caller.cookie)
    expect([path, answer.status]).toEqual([path, 200])
    const after = await storedPasswords(app)
    const changed = [...before].filter(([id, stored]) => (after.get(id) ?? stored) !== stored)
    expect([path, changed]).toEqual([path, []])
  }
  const root = await newAdmin(app)
  for (const path of ['users.resetPassword', 'users.setPassword', 'account.resetPassword', 'auth.reset']) {
    expect(reasonIn(await post(app.url, path, { id: root.id }, root.cookie))).toBe('NO_SUCH_PROCEDURE')
  }
})
