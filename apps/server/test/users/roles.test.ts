import type { Role } from '@app/contract'
import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { addAdmin, password, signUp, unknownId } from '../support/actors.ts'
import { failure, post, reasonIn } from '../support/raw-call.ts'

describeOnEach('a role', (databaseKind) => {
  test('applies from the next call of its user, and is recorded', async () => {
    await using app = await testApp({ databaseKind })
    const root = await addAdmin(app, 'root')
    const ada = await signUp(app, 'ada')
    expect(await root.api.users.setRole.mutate({ id: ada.id, role: 'admin' })).toEqual({})
    expect(await root.api.users.setRole.mutate({ id: ada.id, role: 'admin' })).toEqual({})
    expect(await ada.api.account.me.query()).toMatchObject({ role: 'admin' })
    // Events of one millisecond have no order.
    app.clock.advance(1)
    expect(await ada.api.users.setRole.mutate({ id: root.id, role: 'user' })).toEqual({})
    expect(await failure(root.api.users.setRole.mutate({ id: ada.id, role: 'user' }))).toEqual({
      reason: 'FORBIDDEN',
    })
    const events = await app.services.db.read
      .selectFrom('audit_events')
      .where('event', '=', 'role-changed')
      .select(['actor_id', 'subject', 'detail'])
      .orderBy('id')
      .execute()
    expect(events).toEqual([
      { actor_id: root.id, subject: ada.id, detail: '{"from":"user","to":"admin"}' },
      { actor_id: ada.id, subject: root.id, detail: '{"from":"admin","to":"user"}' },
    ])
  })

  test('is changed only by an admin with recent authentication', async () => {
    await using app = await testApp({ databaseKind })
    const root = await addAdmin(app, 'root')
    const ada = await signUp(app, 'ada')
    const change = { id: ada.id, role: 'admin' } as const
    expect(await failure(app.newClient().users.setRole.mutate(change))).toEqual({ reason: 'UNAUTHENTICATED' })
    expect(await failure(ada.api.users.setRole.mutate(change))).toEqual({ reason: 'FORBIDDEN' })
    app.clock.advance(11 * 60_000)
    expect(await failure(root.api.users.setRole.mutate(change))).toEqual({
      reason: 'REAUTH_REQUIRED',
      methods: ['password'],
    })
    await root.api.auth.elevate.mutate({ password })
    expect(await failure(root.api.users.setRole.mutate({ ...change, id: unknownId }))).toEqual({
      reason: 'NOT_FOUND',
    })
    expect(await failure(root.api.users.setRole.mutate(change))).toBeUndefined()
  })

  test('needs no migration: the database accepts every role of the list, and a new one', async () => {
    await using app = await testApp({ databaseKind })
    const ada = await signUp(app, 'ada')
    await app.services.db.write((tx) =>
      // Sound for this test: a role that the contract does not have yet.
      tx
        .updateTable('users')
        .set({ role: 'editor' as Role })
        .where('id', '=', ada.id)
        .execute(),
    )
    // It grants only what a list of roles names.
    expect(await failure(ada.api.users.setRole.mutate({ id: ada.id, role: 'admin' }))).toEqual({
      reason: 'FORBIDDEN',
    })
  })

  test('of the last admin cannot change', async () => {
    await using app = await testApp({ databaseKind })
    const root = await addAdmin(app, 'root')
    expect(await failure(root.api.users.setRole.mutate({ id: root.id, role: 'user' }))).toEqual({
      reason: 'LAST_ADMIN',
    })
    expect(await root.api.account.me.query()).toMatchObject({ role: 'admin' })
  })

  test('of one of two admins remains when both remove it from each other concurrently', async () => {
    await using app = await testApp({ databaseKind })
    const [one, two] = [await addAdmin(app, 'one'), await addAdmin(app, 'two')]
    // Repeated, because in one round the two may not overlap.
    for (let round = 1; round <= 20; round += 1) {
      const [refusalOfOne, refusalOfTwo] = await Promise.all([
        failure(one.api.users.setRole.mutate({ id: two.id, role: 'user' })),
        failure(two.api.users.setRole.mutate({ id: one.id, role: 'user' })),
      ])
      const [winner, loser] = refusalOfOne === undefined ? [one, two] : [two, one]
      // The slower call was rejected by its guard, or because no admin would remain.
      expect(['LAST_ADMIN', 'FORBIDDEN']).toContain((refusalOfOne ?? refusalOfTwo)?.reason)
      expect(await loser.api.account.me.query()).toMatchObject({ role: 'user' })
      await winner.api.users.setRole.mutate({ id: loser.id, role: 'admin' })
    }
  })

  test('cannot be set by another procedure', async () => {
    await using app = await testApp({ databaseKind })
    const user = { username: 'eve', password }
    const refused = await post(app.url, 'auth.signup', signupInput({ ...user, role: 'admin' }))
    expect([refused.status, reasonIn(refused)]).toEqual([400, 'INVALID_INPUT'])
    const { cookies } = await post(app.url, 'auth.signup', signupInput(user))
    for (const input of [{ role: 'admin' }, { name: 'Eve', user_id: unknownId }]) {
      const answer = await post(app.url, 'account.updateProfile', input, cookies[0])
      expect([answer.status, reasonIn(answer)]).toEqual([400, 'INVALID_INPUT'])
    }
    const root = await addAdmin(app, 'root')
    // @ts-expect-error There is no such role.
    expect(await failure(root.api.users.setRole.mutate({ id: root.id, role: 'min' }))).toMatchObject({
      reason: 'INVALID_INPUT',
      fields: { role: ['There is no such role.'] },
    })
  })
})
