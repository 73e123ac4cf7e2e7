import { setTimeout as sleep } from 'node:timers/promises'
import { rateLimits } from '@app/contract'
import { describeOnPostgres, missingRedis } from '@app/router/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { TestContext } from 'vitest'
import { newAdmin, newUser } from '../support/actors.ts'
import { paths } from '../support/procedures.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'
import { missing } from '../support/reverse-proxy.ts'
import { tally } from '../support/server-pair.ts'
import { listen } from '../support/session-streams.ts'
import { startCluster } from './cluster.ts'
import type { Cluster } from './cluster.ts'
import { callEveryProcedure } from './every-procedure.ts'
import { expectNoLoss, withinLongest, withinRecovery } from './expect-figures.ts'
import { fetchFromAddresses } from './fetch-from-addresses.ts'
import { startLoad, untilServed } from './load.ts'
import type { Load } from './load.ts'
import { stormOfLogins } from './login-storm.ts'

// Only Linux lets each request come from another address of 127.0.0.0/8.
const why = process.platform === 'linux' ? missing('nginx') : ' (skipped: not on Linux)'
/** No request waits for longer. */
const longestMs = 5_000
const stormMs = 5_000

describe.skipIf(why !== '')(`three servers behind nginx${why}`, () => {
  describeOnPostgres('on one database', () => {
    const stack = new AsyncDisposableStack()
    let cluster: Cluster

    beforeAll(async () => {
      stack.defer(() => void vi.unstubAllGlobals())
      vi.stubGlobal('fetch', fetchFromAddresses())
      cluster = stack.use(await startCluster())
    })
    afterAll(() => stack.disposeAsync())

    /** Calls a query on each server. @returns the outcomes */
    const onEach = (path: string, cookie: string) =>
      Promise.all(cluster.urls.map(async (url) => reasonIn(await get(url, path, cookie)) ?? 'ok'))

    test('every procedure succeeds through the proxy', async () => {
      const outcomes = await callEveryProcedure(cluster)
      expect(outcomes).toEqual(Object.fromEntries(paths.map((path) => [path, 'ok'])))
      const served = cluster.logs().map((log) => log.match(/"path":"\/trpc/g)?.length ?? 0)
      expect(Math.min(...served)).toBeGreaterThan(paths.length / 3)
    })

    test('what one server ended is refused by the others on the next call', async () => {
      const { keeper, urls } = cluster
      const root = await newAdmin(keeper)
      for (const [index, url] of urls.entries()) {
        const [user, admin, other] = [await newUser(keeper), await newAdmin(keeper), await newUser(keeper)]
        // Repeated calls would fill a cache if there were one.
        for (let count = 0; count < 2; count += 1) {
          expect(await onEach('account.me', user.cookie)).toEqual(Array(3).fill('ok'))
          expect(await onEach('audit.list', admin.cookie)).toEqual(Array(3).fill('ok'))
          expect(await onEach('account.me', other.cookie)).toEqual(Array(3).fill('ok'))
        }
        const elsewhere = urls[(index + 1) % 3] ?? ''
        await using stream = await listen({ url }, user.cookie)
        const changes = [
          await post(elsewhere, 'auth.logout', {}, user.cookie),
          await post(elsewhere, 'users.setRole', { id: admin.id, role: 'user' }, root.cookie),
          await post(url, 'users.setDisabled', { id: other.id, disabled: true }, root.cookie),
        ]
        expect(changes.map(({ status }) => status)).toEqual([200, 200, 200])
        expect(await onEach('account.me', user.cookie)).toEqual(Array(3).fill('SESSION_EXPIRED'))
        expect(await onEach('audit.list', admin.cookie)).toEqual(Array(3).fill('FORBIDDEN'))
        expect(await onEach('account.me', other.cookie)).toEqual(Array(3).fill('SESSION_EXPIRED'))
        // By session news: the poll comes 15 seconds after the stream began.
        const begun = performance.now()
        expect((await stream.rest()).map(({ data }) => data)).toContain('{"type":"ended"}')
        expect(performance.now() - begun).toBeLessThan(longestMs)
      }
    })

    test('a storm of log-ins: each is answered in time, log-ins go on, and other users are served', async (context) => {
      const { front, keeper, urls } = cluster
      const victims = await Promise.all(Array.from({ length: 16 }, () => newUser(keeper)))
      const load = await startLoad(cluster, { writers: 2, visitors: 0 })
      const storm = await stormOfLogins({
        url: front.url,
        usernames: victims.map(({ username }) => username),
        clients: 64,
        durationMs: stormMs,
      })
      await load.stop()
      const { ok = 0, BUSY = 0, INVALID_CREDENTIALS = 0, RATE_LIMITED: _, ...others } = storm.answers
      expect(others).toEqual({})
      expect(Math.min(INVALID_CREDENTIALS, BUSY)).toBeGreaterThan(0)
      const times = [0, ...storm.succeededAt, stormMs].toSorted((one, other) => one - other)
      const gapsMs = times.map((time, index) => time - (times[index - 1] ?? 0))
      await expectNoLoss(
        context,
        { urls, load },
        {
          'log-ins': ok,
          'longest time without one (ms)': withinRecovery(Math.max(...gapsMs)),
          'longest log-in (ms)': withinLongest(storm.slowestMs),
          'longest request (ms)': withinRecovery(load.slowestMs),
        },
      )
      expect(load.answers).toEqual({ ok: expect.any(Number) })
      const statusOf = async (cookie: string, index: number) =>
        (await get(urls[index % 3] ?? '', 'account.me', cookie)).status
      expect(await Promise.all(storm.sessions.map(statusOf))).toEqual(storm.sessions.map(() => 200))
    })

    describe('with users at work', () => {
      let load: Load
      const user = () => load.idle

      beforeEach(async () => {
        load = await startLoad(cluster, { writers: 6, visitors: 2 })
      })

      /**
       * @param answers the outcomes that the users may see
       * @param backMs how long writes failed after each fault
       */
      async function expectServed(
        context: TestContext,
        answers: readonly string[],
        backMs: readonly number[],
      ): Promise<void> {
        const back = withinRecovery(Math.max(...backMs))
        await expectNoLoss(context, { urls: cluster.urls, load }, { 'service back after (ms)': back })
        expect(Object.keys(load.answers).filter((name) => !answers.includes(name))).toEqual([])
      }

      const atFront = () => untilServed(cluster, user(), [cluster.front.url])
      const atAll = () => untilServed(cluster, user())

      test('kill -9 of each server: the others serve its users at once', async (context) => {
        const backMs: number[] = []
        let started: Promise<void> | undefined
        for (const index of [0, 1, 2]) {
          await cluster.kill(index)
          backMs.push(await atFront())
          // One server serves all while the one before it starts.
          await started
          started = cluster.start(index)
        }
        await started
        // 502: the server ended while the call was in progress. nginx repeats only what changes nothing.
        await expectServed(context, ['ok', '502'], backMs)
      })

      test('a rolling restart of all servers: no call fails', async (context) => {
        const backMs: number[] = []
        for (const index of [0, 1, 2]) {
          expect(await cluster.stop(index)).toBe(0)
          backMs.push(await atFront())
          await cluster.start(index)
          backMs.push(await atAll())
        }
        await expectServed(context, ['ok'], backMs)
      })

      test('PostgreSQL is gone for 10 s: calls fail at once, and work when it is back', async (context) => {
        await cluster.cable.cut()
        await sleep(10_000)
        await cluster.cable.reconnect()
        await expectServed(context, ['ok', 'UNAVAILABLE'], [await atAll()])
        expect(load.answers['UNAVAILABLE']).toBeGreaterThan(100)
      })

      test('PostgreSQL answers 500 ms later: calls succeed, or end in time', async (context) => {
        cluster.cable.delayAnswers(500)
        await sleep(4_000)
        cluster.cable.delayAnswers(0)
        await expectServed(context, ['ok', 'UNAVAILABLE'], [await atAll()])
        expect(load.answers['ok']).toBeGreaterThan(0)
      })

      test('the network drops all packets to PostgreSQL: calls end in time', async (context) => {
        cluster.cable.freeze('all')
        await sleep(longestMs)
        cluster.cable.thaw()
        await expectServed(context, ['ok', 'UNAVAILABLE'], [await atAll()])
        expect(load.answers['UNAVAILABLE']).toBeGreaterThan(0)
      })
    })

    test.skipIf(missingRedis() !== '')(
      `an allowance holds over all servers, and without Redis over each${missingRedis()}`,
      async () => {
        const { front, keeper, redis } = cluster
        const exportRepeatedly = async (count: number) => {
          const { cookie } = await newUser(keeper)
          const reasons: string[] = []
          for (let each = 0; each < count; each += 1) {
            reasons.push(reasonIn(await get(front.url, 'account.export', cookie)) ?? 'ok')
          }
          return tally(reasons)
        }
        const { points } = rateLimits.exportsPerUser
        // Another user may begin after the machine was too busy for Redis to answer in 100 ms.
        const shared = { ok: points, RATE_LIMITED: 3 }
        await expect.poll(() => exportRepeatedly(points + 3)).toEqual(shared)
        await redis?.kill()
        expect(await exportRepeatedly(points + 3)).toEqual({ ok: points + 3 })
        for (const log of cluster.logs()) expect(log).toContain('LIMITS_STORE does not answer')
      },
    )

    test('no server has logged an error', () => {
      expect(
        cluster
          .logs()
          .join('')
          .match(/"level":"error".*/g),
      ).toBeNull()
    })
  })
})
