import { signupInput } from '@app/contract/testing'
import { createAdmin } from '@app/router'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { addAdmin, password, signUp } from '../support/actors.ts'
import type { Actor } from '../support/actors.ts'
import { eventsOf } from '../support/audit-rows.ts'
import { failure } from '../support/raw-call.ts'
import { inParallel, expectWinners, serverPair, tally } from '../support/server-pair.ts'

describeOnEach('one user name', (databaseKind) => {
  test('in 8 spellings goes to one of 8 concurrent sign-ups on two servers', async () => {
    await using servers = await serverPair(databaseKind)
    for (const name of ['ada', 'bob']) {
      const wide = String.fromCodePoint(...Array.from(name, (letter) => letter.charCodeAt(0) + 0xfe_e0))
      const spellings = [name, name.toUpperCase(), ` ${name} `, wide]
      const written = await eventsOf(servers.first, async () => {
        const outcomes = await inParallel((index) => {
          const username = spellings[index % spellings.length] ?? name
          // Otherwise each spelling would always reach the same server.
          const app = servers.at(Math.floor(index / spellings.length) + index)
          return failure(app.newClient().auth.signup.mutate(signupInput({ username, password })))
        })
        expect(tally(outcomes)).toEqual({ ok: 1, USERNAME_TAKEN: 7 })
      })
      expect(written).toEqual(['signup'])
    }
    for (const table of ['users', 'password_credentials', 'sessions'] as const) {
      expect(await servers.first.services.db.read.selectFrom(table).selectAll().execute()).toHaveLength(2)
    }
  })

  test('goes to one of concurrent sign-ups and commands', async () => {
    await using servers = await serverPair(databaseKind)
    for (const username of ['ada', 'bob']) {
      const outcomes = await inParallel(async (index) => {
        const app = servers.at(index)
        if (index % 4 < 2)
          return failure(app.newClient().auth.signup.mutate(signupInput({ username, password })))
        const made = await createAdmin(app.services, { username, password: async () => password })
        return made.ok ? undefined : made.failure
      })
      expect(tally(outcomes)).toEqual({ ok: 1, USERNAME_TAKEN: 7 })
    }
    expect(await servers.first.services.db.read.selectFrom('users').select('id').execute()).toHaveLength(2)
  })
})

const ways: readonly ((actor: Actor, target: Actor) => Promise<{ reason: string } | undefined>)[] = [
  (actor: Actor, target: Actor) => failure(actor.api.users.setRole.mutate({ id: target.id, role: 'user' })),
  (actor: Actor, target: Actor) =>
    failure(actor.api.users.setDisabled.mutate({ id: target.id, disabled: true })),
  (actor: Actor, target: Actor) => failure(actor.api.users.remove.mutate({ id: target.id })),
  (_actor: Actor, target: Actor) => failure(target.api.account.close.mutate()),
]

describeOnEach('an admin', (databaseKind) => {
  test('remains when four remove each other on two servers', async () => {
    await using servers = await serverPair(databaseKind)
    for (let round = 1; round <= 2; round += 1) {
      const actors = await inParallel((index) => addAdmin(servers.at(index), `${round}-${index}`), 4)
      // An admin of an earlier round must not count as the remaining one.
      await servers.first.services.db.write((tx) =>
        tx.updateTable('users').set({ role: 'user' }).where('username', 'not like', `${round}-%`).execute(),
      )
      const outcomes = await inParallel((index) => {
        const [actor, target] = [actors[index % 4], actors[Math.floor(index / 4)]]
        const way = ways[(index + round) % 4]
        if (actor === undefined || target === undefined || way === undefined) throw new Error('No such pair.')
        return way(actor, target)
      }, 16)
      const left = await servers.first.services.db.read
        .selectFrom('users')
        .where('role', '=', 'admin')
        .where('disabled_at', 'is', null)
        .select('username')
        .execute()
      expect(left.length).toBeGreaterThan(0)
      expect(tally(outcomes)['ok']).toBeGreaterThan(0)
      const tooLate = ['ok', 'LAST_ADMIN', 'FORBIDDEN', 'SESSION_EXPIRED', 'UNAUTHENTICATED', 'NOT_FOUND']
      expect(Object.keys(tally(outcomes)).filter((reason) => !tooLate.includes(reason))).toEqual([])
    }
  })
})

describeOnEach('an account', (databaseKind) => {
  test('is closed once by 8 concurrent calls on two servers', async () => {
    await using servers = await serverPair(databaseKind)
    for (const username of ['ada', 'bob']) {
      const { api } = await signUp(servers.first, username)
      const devices = await inParallel(async (index) => {
        const device = servers.at(index).newClient()
        await device.auth.login.mutate({ username, password })
        return device
      }, 7)
      const written = await eventsOf(servers.first, async () => {
        const outcomes = await Promise.all(
          [api, ...devices].map((device) => failure(device.account.close.mutate())),
        )
        expect(tally(outcomes)).toEqual({ ok: 1, SESSION_EXPIRED: 7 })
      })
      expect(written).toEqual(['closed'])
    }
  })

  test('is deleted once by a concurrent removal and closing on two servers', async () => {
    await using servers = await serverPair(databaseKind)
    const roots = await inParallel((index) => addAdmin(servers.at(index), `root-${index}`), 2)
    for (const username of ['ada', 'bob']) {
      const { api, id } = await signUp(servers.first, username)
      const written = await eventsOf(servers.first, async () => {
        const outcomes = await inParallel((index) => {
          const root = roots[index % 2]
          if (root === undefined || index % 4 < 2) return failure(api.account.close.mutate())
          return failure(root.api.users.remove.mutate({ id }))
        })
        expectWinners(outcomes, 1, ['SESSION_EXPIRED', 'UNAUTHENTICATED', 'NOT_FOUND'])
      })
      expect([['closed'], ['removed']]).toContainEqual(written)
    }
  })

  test('gets the password of one of 8 concurrent changes, and only that one works', async () => {
    await using servers = await serverPair(databaseKind)
    const { api } = await signUp(servers.first, 'ada')
    const outcomes = await inParallel((index) =>
      failure(
        api.account.changePassword.mutate({
          currentPassword: password,
          newPassword: `another battery ${index}`,
        }),
      ),
    )
    // The slower ones find their token replaced, or their password changed.
    expectWinners(outcomes, 1, ['SESSION_EXPIRED', 'INVALID_CREDENTIALS'])
    const works = await inParallel((index) =>
      failure(
        servers
          .at(index)
          .newClient()
          .auth.login.mutate({ username: 'ada', password: `another battery ${index}` }),
      ),
    )
    expect(works.findIndex((outcome) => outcome === undefined)).toBe(
      outcomes.findIndex((outcome) => outcome === undefined),
    )
    expect(tally(works)).toEqual({ ok: 1, INVALID_CREDENTIALS: 7 })
  })
})
