import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { password, signUp } from '../support/actors.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'
import { inParallel, serverPair, tally } from '../support/server-pair.ts'

const rounds = [1, 2]

async function logIn(url: string): Promise<string | undefined> {
  return (await post(url, 'auth.login', { username: 'ada', password })).cookies[0]
}

describeOnEach('the end of sessions', (databaseKind) => {
  test('keeps one of 8 devices that end all others on two servers', async () => {
    await using servers = await serverPair(databaseKind)
    await signUp(servers.first, 'ada')
    const devices = await Promise.all(Array.from({ length: 8 }, () => logIn(servers.first.url)))
    const outcomes = await inParallel(async (index) =>
      reasonIn(await post(servers.at(index).url, 'sessions.revokeOthers', {}, devices[index])),
    )
    expect(tally(outcomes)).toEqual({ ok: 1, SESSION_EXPIRED: 7 })
    const alive = await Promise.all(devices.map((cookie) => get(servers.first.url, 'account.me', cookie)))
    expect(alive.map(reasonIn)).toEqual(outcomes)
  })

  test('leaves no address of an export that runs while the account is closed on two servers', async () => {
    for (const _ of rounds) {
      await using servers = await serverPair(databaseKind)
      await signUp(servers.first, 'ada')
      const cookie = await logIn(servers.first.url)
      const outcomes = await inParallel(async (index) => {
        const { url } = servers.at(Math.floor(index / 2))
        if (index === 5) return reasonIn(await post(url, 'account.close', {}, cookie))
        // An export that has begun is cut off.
        return get(url, 'account.export', cookie).then(reasonIn, () => 'cut off')
      })
      expect(tally(outcomes.slice(5, 6))).toEqual({ ok: 1 })
      // One export at a time: rejected ones retry.
      expect(
        Object.keys(tally(outcomes)).filter(
          (name) => !['ok', 'cut off', 'SESSION_EXPIRED', 'UNAVAILABLE'].includes(name),
        ),
      ).toEqual([])
      const events = await servers.first.services.db.read
        .selectFrom('audit_events')
        .select('ip')
        .distinct()
        .execute()
      expect(events).toEqual([{ ip: null }])
    }
  })
})
