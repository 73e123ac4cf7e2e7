import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import type { TestApp } from '../../src/testing/test-app.ts'
import { addAdmin, password, signUp } from '../support/actors.ts'
import { eventsOf } from '../support/audit-rows.ts'
import { failure, get, post, reasonIn } from '../support/raw-call.ts'
import { inParallel, expectWinners, serverPair, tally } from '../support/server-pair.ts'

const minute = 60_000
const ada = { username: 'ada', password }
const rounds = [1, 2]

async function logIn(app: TestApp): Promise<{ cookie: string; sessionId: string }> {
  const { cookies } = await post(app.url, 'auth.login', ada)
  const cookie = cookies[0] ?? 'no cookie'
  const current = JSON.parse((await get(app.url, 'auth.session', cookie)).text)
  return { cookie, sessionId: current.result.data.session.id }
}

function sessionRows(app: TestApp) {
  return app.services.db.read.selectFrom('sessions').selectAll().execute()
}

describeOnEach('a session', (databaseKind) => {
  test('ends once by a concurrent logout and revocation on two servers', async () => {
    await using servers = await serverPair(databaseKind)
    await signUp(servers.first, 'ada')
    const owner = await logIn(servers.first)
    for (const _ of rounds) {
      const { cookie, sessionId } = await logIn(servers.first)
      const written = await eventsOf(servers.first, async () => {
        const revocations: (string | undefined)[] = []
        const logouts: (string | undefined)[] = []
        await inParallel(async (index) => {
          const { url } = servers.at(Math.floor(index / 2))
          if (index % 2 === 0) logouts.push(reasonIn(await post(url, 'auth.logout', {}, cookie)))
          else revocations.push(reasonIn(await post(url, 'sessions.revoke', { id: sessionId }, owner.cookie)))
        })
        expect(tally(logouts)).toEqual({ ok: 4 })
        const { ok = 0, NOT_FOUND = 0, ...others } = tally(revocations)
        expect([ok <= 1, ok + NOT_FOUND, others]).toEqual([true, 4, {}])
      })
      expect([['logout'], ['session-revoked']]).toContainEqual(written)
      expect((await sessionRows(servers.first)).map(({ id }) => id)).not.toContain(sessionId)
    }
  })

  test('stays ended during concurrent renewals on two servers', async () => {
    await using servers = await serverPair(databaseKind)
    await signUp(servers.first, 'ada')
    for (const _ of rounds) {
      const { cookie } = await logIn(servers.first)
      servers.first.clock.advance(30 * minute)
      const given = [cookie]
      await inParallel(async (index) => {
        const { url } = servers.at(Math.floor(index / 4) + index)
        const answer = await (index % 4 === 3
          ? post(url, 'auth.logout', {}, cookie)
          : get(url, 'account.me', cookie))
        expect([undefined, 'SESSION_EXPIRED']).toContain(reasonIn(answer))
        given.push(...answer.cookies.filter((line) => line.startsWith('session=ey')))
      })
      for (const [index, one] of given.entries())
        expect(reasonIn(await get(servers.at(index).url, 'account.me', one))).toBe('SESSION_EXPIRED')
    }
  })

  test('is renewed with one write by 8 concurrent calls on two servers', async () => {
    await using servers = await serverPair(databaseKind)
    await signUp(servers.first, 'ada')
    const { cookie } = await logIn(servers.first)
    let extended = 0
    for (const app of new Set([servers.at(0), servers.at(1)])) {
      const write = app.services.db.write.bind(app.services.db)
      app.services.db.write = async (work) => {
        const result = await write(work)
        if (result === true) extended += 1
        return result
      }
    }
    for (const round of rounds) {
      servers.first.clock.advance(6 * minute)
      const answers = await inParallel((index) => get(servers.at(index).url, 'account.me', cookie))
      expect(tally(answers.map(reasonIn))).toEqual({ ok: 8 })
      expect(extended).toBe(round)
    }
  })

  test('gets one new token from 8 concurrent calls with the old one on two servers', async () => {
    await using servers = await serverPair(databaseKind)
    await signUp(servers.first, 'ada')
    let current = password
    for (const round of rounds) {
      const { cookies } = await post(servers.first.url, 'auth.login', { ...ada, password: current })
      const next = `another battery ${round}`
      const answers = await inParallel((index) =>
        index % 4 === 3
          ? post(
              servers.at(index).url,
              'account.changePassword',
              { currentPassword: current, newPassword: next },
              cookies[0],
            )
          : post(servers.at(index).url, 'auth.elevate', { password: current }, cookies[0]),
      )
      expectWinners(answers.map(reasonIn), 1, ['SESSION_EXPIRED', 'INVALID_CREDENTIALS'])
      const winner = answers.findIndex((answer) => reasonIn(answer) === undefined)
      const cookie = answers[winner]?.cookies[0]
      expect(reasonIn(await get(servers.first.url, 'account.me', cookie))).toBeUndefined()
      expect(reasonIn(await get(servers.first.url, 'account.me', cookies[0]))).toBe('SESSION_EXPIRED')
      if (winner % 4 === 3) current = next
    }
  })
})

describeOnEach('the number of sessions', (databaseKind) => {
  test('stays 100 after 8 concurrent logins on two servers: the oldest end', async () => {
    await using servers = await serverPair(databaseKind)
    const { id } = await signUp(servers.first, 'ada')
    const [present] = await sessionRows(servers.first)
    if (present === undefined) throw new Error('No user is signed in.')
    await servers.first.services.db.write(async (tx) => {
      const older = Array.from({ length: 97 }, (_, index) => ({
        ...present,
        id: `01900000-0000-7000-8000-${String(index).padStart(12, '0')}`,
      }))
      await tx.insertInto('sessions').values(older).execute()
    })
    // Sessions of one millisecond have no order.
    servers.first.clock.advance(1)
    const answers = await inParallel((index) => post(servers.at(index).url, 'auth.login', ada))
    expect(tally(answers.map(reasonIn))).toEqual({ ok: 8 })
    const left = await sessionRows(servers.first)
    expect([left.length, new Set(left.map((row) => row.user_id))]).toEqual([100, new Set([id])])
    expect(left.filter((row) => row.id < present.id)).toHaveLength(91)
    for (const { cookies } of answers)
      expect(reasonIn(await get(servers.first.url, 'account.me', cookies[0]))).toBeUndefined()
  })
})

describeOnEach('a login with the old password', (databaseKind) => {
  test('does not survive a password change on two servers', async () => {
    await using servers = await serverPair(databaseKind)
    const { api } = await signUp(servers.first, 'ada')
    let current = password
    for (const round of rounds) {
      const next = `another battery ${round}`
      const answers = await inParallel(async (index) =>
        // In the middle, so that some calls are in progress when it runs.
        index === 3
          ? failure(api.account.changePassword.mutate({ currentPassword: current, newPassword: next }))
          : reasonIn(await post(servers.at(index).url, 'auth.login', { ...ada, password: current })),
      )
      expect(answers[3]).toBeUndefined()
      expect(
        Object.keys(tally(answers)).filter((reason) => !['ok', 'INVALID_CREDENTIALS'].includes(reason)),
      ).toEqual([])
      expect(await sessionRows(servers.first)).toHaveLength(1)
      expect(await failure(api.account.me.query())).toBeUndefined()
      current = next
    }
  })

  test('does not survive the disabling of the account on two servers', async () => {
    await using servers = await serverPair(databaseKind)
    const { id } = await signUp(servers.first, 'ada')
    const root = await addAdmin(servers.first, 'root')
    for (const _ of rounds) {
      const answers = await inParallel(async (index) =>
        index === 3
          ? failure(root.api.users.setDisabled.mutate({ id, disabled: true }))
          : reasonIn(await post(servers.at(index).url, 'auth.login', ada)),
      )
      expect(answers[3]).toBeUndefined()
      expect((await sessionRows(servers.first)).filter((row) => row.user_id === id)).toEqual([])
      await root.api.users.setDisabled.mutate({ id, disabled: false })
    }
  })

  test('cannot elevate during a password change on two servers', async () => {
    await using servers = await serverPair(databaseKind)
    const { api } = await signUp(servers.first, 'ada')
    let current = password
    for (const round of rounds) {
      const devices = await inParallel(
        (index) => post(servers.at(index).url, 'auth.login', { ...ada, password: current }),
        7,
      )
      const next = `another battery ${round}`
      const [change, ...elevations] = await Promise.all([
        failure(api.account.changePassword.mutate({ currentPassword: current, newPassword: next })),
        ...devices.map((device, index) =>
          post(servers.at(index).url, 'auth.elevate', { password: current }, device.cookies[0]),
        ),
      ])
      expect(change).toBeUndefined()
      for (const { cookies } of [...devices, ...elevations]) {
        const reason = reasonIn(await get(servers.first.url, 'account.me', cookies[0]))
        expect(['SESSION_EXPIRED', 'UNAUTHENTICATED']).toContain(reason)
      }
      expect(await sessionRows(servers.first)).toHaveLength(1)
      current = next
    }
  })
})
