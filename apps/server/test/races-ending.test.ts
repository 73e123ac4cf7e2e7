import { describeOnEach } from '@latchkey/router/testing'
import { expect, test } from 'vitest'

import { password, signUp } from './people.ts'
import { get, post, reasonIn } from './raw-call.ts'
import { atOnce, oneOrTwoServers, sideBySide, tally } from './side-by-side.ts'

const rounds = [1, 2, 3]

async function logIn(url: string): Promise<string | undefined> {
  return (await post(url, 'auth.login', { username: 'ada', password })).cookies[0]
}

describeOnEach('what ends sessions', (databaseKind) => {
  test.each(oneOrTwoServers)(
    'of 16 devices that each end all others, over %s, one stays',
    async (_name, count) => {
      await using servers = await sideBySide(databaseKind, count)
      await signUp(servers.first, 'ada')
      const devices = await Promise.all(Array.from({ length: 16 }, () => logIn(servers.first.url)))
      const outcomes = await atOnce(async (index) =>
        reasonIn(await post(servers.at(index).url, 'sessions.revokeOthers', {}, devices[index])),
      )
      expect(tally(outcomes)).toEqual({ ok: 1, SESSION_EXPIRED: 15 })
      const alive = await Promise.all(devices.map((cookie) => get(servers.first.url, 'account.me', cookie)))
      expect(alive.map(reasonIn)).toEqual(outcomes)
    },
  )

  test.each(oneOrTwoServers)(
    'an export while the account is closed, over %s, leaves no address',
    async (_name, count) => {
      for (const _ of rounds) {
        await using servers = await sideBySide(databaseKind, count)
        await signUp(servers.first, 'ada')
        const cookie = await logIn(servers.first.url)
        const outcomes = await atOnce(async (index) => {
          const { url } = servers.at(Math.floor(index / 2))
          return reasonIn(
            await (index === 9 ? post(url, 'account.close', {}, cookie) : get(url, 'account.export', cookie)),
          )
        })
        expect(tally(outcomes.slice(9, 10))).toEqual({ ok: 1 })
        // One export at a time: the others may come again.
        expect(
          Object.keys(tally(outcomes)).filter(
            (name) => !['ok', 'SESSION_EXPIRED', 'UNAVAILABLE'].includes(name),
          ),
        ).toEqual([])
        const events = await servers.first.services.db.read
          .selectFrom('audit_events')
          .select('ip')
          .distinct()
          .execute()
        expect(events).toEqual([{ ip: null }])
      }
    },
  )
})
