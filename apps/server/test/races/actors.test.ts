import { describeOnEach } from '@app/router/testing'
import { describe, expect, test } from 'vitest'
import type { TestApp } from '../../src/testing/test-app.ts'
import { addAdmin, password, signUp } from '../support/actors.ts'
import { eventsOf } from '../support/audit-rows.ts'
import { delayWrites } from '../support/delay-writes.ts'
import { failure, get, post, reasonIn } from '../support/raw-call.ts'
import { inParallel, serverPair, tally } from '../support/server-pair.ts'

const ada = { username: 'ada', password }

async function logIn(app: TestApp): Promise<{ cookie: string; sessionId: string }> {
  const { cookies } = await post(app.url, 'auth.login', ada)
  const cookie = cookies[0] ?? 'no cookie'
  const current = JSON.parse((await get(app.url, 'auth.session', cookie)).text)
  return { cookie, sessionId: current.result.data.session.id }
}

function usernames(app: TestApp): Promise<{ username: string }[]> {
  return app.services.db.read.selectFrom('users').select('username').orderBy('username').execute()
}

describeOnEach('a device', (databaseKind) => {
  test('remains of two that end each other on two servers', async () => {
    await using servers = await serverPair(databaseKind)
    await signUp(servers.first, 'ada')
    const devices = await Promise.all(Array.from({ length: 8 }, () => logIn(servers.first)))
    const writes = delayWrites(servers, 8)
    // The first and the second end each other, the third and the fourth, and so on.
    const ending = inParallel(async (index) =>
      reasonIn(
        await post(
          servers.at(Math.floor(index / 2) + index).url,
          'sessions.revoke',
          { id: devices[index ^ 1]?.sessionId },
          devices[index]?.cookie,
        ),
      ),
    )
    await writes.allDelayed
    writes.release()
    const outcomes = await ending
    expect(tally(outcomes)).toEqual({ ok: 4, SESSION_EXPIRED: 4 })
    const alive = await Promise.all(devices.map(({ cookie }) => get(servers.first.url, 'account.me', cookie)))
    expect(alive.map(reasonIn)).toEqual(outcomes)
  })
})

describeOnEach('an attacker with a stolen session', (databaseKind) => {
  test('cannot close the account by a call that waits behind a password change on two servers', async () => {
    await using servers = await serverPair(databaseKind)
    await signUp(servers.first, 'ada')
    const owner = await logIn(servers.first)
    const other = await logIn(servers.first)
    // On each server one call fewer than the account's limit: the password change is the last.
    const writes = delayWrites(servers, 6)
    const closing = inParallel(async (index) => {
      const { cookie } = index % 4 < 2 ? owner : other
      return reasonIn(await post(servers.at(index).url, 'account.close', {}, cookie))
    }, 6)
    await writes.allDelayed
    const change = { currentPassword: password, newPassword: 'another battery' }
    const changed = await post(servers.first.url, 'account.changePassword', change, owner.cookie)
    expect(changed.status).toBe(200)
    writes.release()
    expect(tally(await closing)).toEqual({ SESSION_EXPIRED: 6 })
    expect(reasonIn(await get(servers.first.url, 'account.me', changed.cookies[0]))).toBeUndefined()
  })
})

describeOnEach('an admin', (databaseKind) => {
  test('remains of two that remove each other on two servers', async () => {
    await using servers = await serverPair(databaseKind)
    const actors = await inParallel((index) => addAdmin(servers.at(index), `root-${index}`))
    const written = await eventsOf(servers.first, async () => {
      const writes = delayWrites(servers, 8)
      const removing = inParallel((index) => {
        const [actor, target] = [actors[index], actors[index ^ 1]]
        if (actor === undefined || target === undefined) throw new Error('No such pair.')
        return failure(actor.api.users.remove.mutate({ id: target.id }))
      })
      await writes.allDelayed
      writes.release()
      expect(tally(await removing)).toEqual({ ok: 4, SESSION_EXPIRED: 4 })
    })
    expect(written).toEqual(Array(4).fill('removed'))
    expect(await usernames(servers.first)).toHaveLength(4)
  })

  describe.each([
    ['demoted', 'FORBIDDEN'],
    ['disabled', 'SESSION_EXPIRED'],
    ['logged out', 'SESSION_EXPIRED'],
  ] as const)('who was %s before the write', (way, reason) => {
    test('cannot change users any more, on two servers', async () => {
      await using servers = await serverPair(databaseKind)
      const root = await addAdmin(servers.first, 'root')
      const { api, id } = await addAdmin(servers.first, 'gone')
      const actors = await inParallel((index) => signUp(servers.at(index), `user-${index}`))
      const before = await usernames(servers.first)
      // As many as the limit of an account on one server.
      const writes = delayWrites(servers, 4)
      const { users } = api
      const acting = inParallel((index) => {
        const target = actors[index]?.id ?? ''
        const actions: (() => Promise<{ reason: string } | undefined>)[] = [
          () => failure(users.remove.mutate({ id: target })),
          () => failure(users.setDisabled.mutate({ id: target, disabled: true })),
          () => failure(users.setRole.mutate({ id: target, role: 'admin' })),
          () => failure(users.revokeSessions.mutate({ id: target })),
        ]
        return actions[index]?.() ?? Promise.reject(new Error('No such action.'))
      }, 4)
      await writes.allDelayed
      if (way === 'demoted') await root.api.users.setRole.mutate({ id, role: 'user' })
      if (way === 'disabled') await root.api.users.setDisabled.mutate({ id, disabled: true })
      if (way === 'logged out') await root.api.users.revokeSessions.mutate({ id })
      const written = await eventsOf(servers.first, async () => {
        writes.release()
        expect(tally(await acting)).toEqual({ [reason]: 4 })
      })
      expect(written).toEqual([])
      expect(await usernames(servers.first)).toEqual(before)
      const alive = await Promise.all(actors.map((actor) => failure(actor.api.account.me.query())))
      expect(tally(alive)).toEqual({ ok: 8 })
    })
  })
})
