import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { addAdmin, signUp } from '../support/actors.ts'
import type { Actor } from '../support/actors.ts'
import { eventsOf } from '../support/audit-rows.ts'
import { failure } from '../support/raw-call.ts'

/** Every way in which `actor` can make `target` stop being an admin. */
const ways = {
  demoted: (actor: Actor, target: Actor) =>
    failure(actor.api.users.setRole.mutate({ id: target.id, role: 'user' })),
  disabled: (actor: Actor, target: Actor) =>
    failure(actor.api.users.setDisabled.mutate({ id: target.id, disabled: true })),
  removed: (actor: Actor, target: Actor) => failure(actor.api.users.remove.mutate({ id: target.id })),
  closed: (_actor: Actor, target: Actor) => failure(target.api.account.close.mutate()),
}
const everyWay = Object.entries(ways)

function enabledAdmins(app: TestApp) {
  return app.services.db.read
    .selectFrom('users')
    .where('role', '=', 'admin')
    .where('disabled_at', 'is', null)
    .select(['id', 'username'])
    .execute()
}

describeOnEach('the last admin', (databaseKind) => {
  test.each(everyWay)('cannot be %s', async (_name, way) => {
    await using app = await testApp({ databaseKind })
    const root = await addAdmin(app, 'root')
    await signUp(app, 'ada')
    const written = await eventsOf(app, async () => {
      expect(await way(root, root)).toEqual({ reason: 'LAST_ADMIN' })
    })
    expect(written).toEqual([])
    expect(await root.api.account.me.query()).toMatchObject({ username: 'root', role: 'admin' })
  })

  test.each(everyWay)('cannot be %s when the only other admin is disabled', async (_name, way) => {
    await using app = await testApp({ databaseKind })
    const [root, other] = [await addAdmin(app, 'root'), await addAdmin(app, 'other')]
    await root.api.users.setDisabled.mutate({ id: other.id, disabled: true })
    expect(await way(root, root)).toEqual({ reason: 'LAST_ADMIN' })
    expect(await failure(root.api.users.remove.mutate({ id: other.id }))).toBeUndefined()
  })

  test.each(everyWay)(
    'can be %s by the same admin or another, while there is another admin',
    async (_name, way) => {
      await using app = await testApp({ databaseKind })
      const [root, other] = [await addAdmin(app, 'root'), await addAdmin(app, 'other')]
      expect(await way(root, root)).toBeUndefined()
      expect(await enabledAdmins(app)).toEqual([{ id: other.id, username: 'other' }])
      expect(await way(other, other)).toEqual({ reason: 'LAST_ADMIN' })
    },
  )

  test.each(everyWay)('remains after two were %s concurrently', async (_name, way) => {
    await using app = await testApp({ databaseKind, settings: { limits: 'relaxed', hashQueue: 100 } })
    // Repeated, because in one round the two may not overlap.
    for (let round = 1; round <= 4; round += 1) {
      const [one, two] = await Promise.all([addAdmin(app, `one-${round}`), addAdmin(app, `two-${round}`)])
      // An admin of an earlier round must not count as the remaining one.
      const others = (await enabledAdmins(app)).filter(({ id }) => id !== one.id && id !== two.id)
      for (const { id } of others) {
        expect(await failure(one.api.users.remove.mutate({ id }))).toBeUndefined()
      }
      const outcomes = await Promise.all([way(one, two), way(two, one)])
      expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1)
      // The slower call was rejected by its guard, or because no admin would remain.
      expect(['LAST_ADMIN', 'FORBIDDEN', 'SESSION_EXPIRED']).toContain(
        outcomes.find((outcome) => outcome !== undefined)?.reason,
      )
      expect(await enabledAdmins(app)).toHaveLength(1)
    }
  })

  test('remains after two different concurrent actions', async () => {
    await using app = await testApp({ databaseKind, settings: { limits: 'relaxed', hashQueue: 100 } })
    for (const [first, one] of everyWay) {
      for (const [second, other] of everyWay) {
        const [left, right] = await Promise.all([
          addAdmin(app, `left.${first}.${second}`),
          addAdmin(app, `right.${first}.${second}`),
        ])
        const others = (await enabledAdmins(app)).filter(({ id }) => id !== left.id && id !== right.id)
        for (const { id } of others) await left.api.users.remove.mutate({ id })
        await Promise.all([one(left, right), other(right, left)])
        expect(await enabledAdmins(app)).toHaveLength(1)
      }
    }
  })
})
