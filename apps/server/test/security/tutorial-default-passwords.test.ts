import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { call, paths, procedures } from '../support/procedures.ts'
import { post, reasonIn } from '../support/raw-call.ts'
import { validInput } from '../support/valid-inputs.ts'
import { newAdministrator } from '../support/visitors.ts'

// Two more mistakes of the tutorials that this project grew out of. The names are theirs.

test('unauthenticated bulk create with a default password', async () => {
  await using app = await testApp()
  const people = [{ username: 'ada' }, { username: 'grace' }]
  const chosen = people.map((one) => ({ ...one, password: 'correct horse battery' }))
  const inputs = [people, { users: people }, people[0], { ...people[0], password: null }, chosen, { chosen }]
  for (const input of inputs) {
    const answer = await post(app.url, 'auth.signup', input)
    expect([answer.status, reasonIn(answer)]).toEqual([400, 'INVALID_INPUT'])
  }
  expect(
    reasonIn(await post(app.url, 'auth.signup,auth.signup?batch=1', Object.fromEntries(chosen.entries()))),
  ).toBe('BATCH_REFUSED')
  for (const path of ['users.create', 'users.createMany', 'users.import', 'auth.signupMany']) {
    expect(reasonIn(await post(app.url, path, people))).toBe('NO_SUCH_PROCEDURE')
  }
  const open = paths.filter((path) => {
    const { type, meta } = procedures[path]._def
    return type === 'mutation' && /"access":"public"/.test(JSON.stringify(meta))
  })
  expect(open.toSorted()).toEqual(['auth.login', 'auth.logout', 'auth.signup'])
  expect(await app.services.db.read.selectFrom('users').select('username').execute()).toEqual([])
})

async function storedPasswords({ services }: TestApp): Promise<Map<string, string>> {
  const rows = await services.db.read.selectFrom('password_credentials').selectAll().execute()
  return new Map(rows.map((row) => [row.user_id, JSON.stringify(row)]))
}

test('reset to a shared default password', async () => {
  await using app = await testApp()
  // Whatever an administrator may do, to others and to themself; the one way to another password is by the
  // present one.
  for (const path of paths.filter((one) => one !== 'account.changePassword')) {
    const caller = await newAdministrator(app)
    const input = await validInput(path, { app, caller, owner: caller })
    const before = await storedPasswords(app)
    const answer = await call(app.url, path, input, caller.cookie)
    expect([path, answer.status]).toEqual([path, 200])
    const after = await storedPasswords(app)
    const changed = [...before].filter(([id, stored]) => (after.get(id) ?? stored) !== stored)
    expect([path, changed]).toEqual([path, []])
  }
  const root = await newAdministrator(app)
  for (const path of ['users.resetPassword', 'users.setPassword', 'account.resetPassword', 'auth.reset']) {
    expect(reasonIn(await post(app.url, path, { id: root.id }, root.cookie))).toBe('NO_SUCH_PROCEDURE')
  }
})
