import { demoteConnections, describeOnPostgres, onServer, routeTo } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'

/** The write pool of `testApp`. */
const poolSize = 4
/** Calls that begin in a phase before the next one begins. */
const callsPerPhase = 20
/** A call waits up to 20 seconds for the database of `testApp`. */
const timeout = 120_000
/** How long saves may fail after the primary is back. */
const writableWithinMs = 5_000

/** `changing`: the servers change while the call runs, so it may fail or not. */
type Phase = 'before' | 'changing' | 'demoted' | 'standby' | 'after'

interface SentCall {
  begun: Phase
  ended: Phase
  outcome: string
}

/** Users who change their names one call after the other, without pause. */
async function steadyTraffic(app: TestApp, users: number) {
  const calls: SentCall[] = []
  const actors = await Promise.all(Array.from({ length: users }, () => newUser(app)))
  let phase: Phase = 'before'
  let stops = false
  const run = async ({ cookie }: { cookie: string }) => {
    let saved = ''
    for (let count = 0; !stops; count += 1) {
      // An account may write 240 times a minute.
      app.clock.advance(250)
      const [begun, name] = [phase, `Name ${count}`]
      const answer = await post(app.url, 'account.updateProfile', { name }, cookie)
      if (answer.status === 200) {
        saved = name
        if (!savedAt.has(cookie)) savedAt.set(cookie, performance.now())
      }
      calls.push({ begun, ended: phase, outcome: reasonIn(answer) ?? String(answer.status) })
    }
    return saved
  }
  const running = Promise.all(actors.map(run))
  /** For each user, when the first save succeeded since the last change. */
  const savedAt = new Map<string, number>()
  const within = (name: Phase) => calls.filter(({ begun, ended }) => begun === name && ended === name)
  return {
    /** Runs a phase until enough calls have begun and ended in it. @returns their different outcomes */
    async during(name: Phase): Promise<string[]> {
      phase = name
      await expect.poll(() => within(name).length, { timeout }).toBeGreaterThanOrEqual(callsPerPhase)
      return [...new Set(within(name).map(({ outcome }) => outcome))]
    },
    async change(work: () => Promise<void>): Promise<void> {
      phase = 'changing'
      await work()
      savedAt.clear()
    },
    /** @returns when the first save of every user had succeeded since the last change */
    async everyUserSaved(): Promise<number> {
      await expect.poll(() => savedAt.size, { timeout }).toBe(users)
      return Math.max(...savedAt.values())
    },
    readMe: () => get(app.url, 'account.me', actors[0]?.cookie),
    /** @returns for each user the name that was saved last, and the one that is stored */
    async stop(): Promise<{ saved: string[]; stored: string[] }> {
      stops = true
      const saved = await running
      const profiles = await Promise.all(actors.map(({ api }) => api.account.me.query()))
      return { saved, stored: profiles.map(({ name }) => name) }
    },
    async [Symbol.asyncDispose]() {
      stops = true
      await running
      // Also after a failure: a later test uses the database again.
      await routeTo(app.databaseUrl, 'primary')
    },
  }
}

async function readiness({ url }: TestApp): Promise<string> {
  return (await (await fetch(`${url}/readyz`)).text()).trim()
}

async function breakConnections({ databaseUrl }: TestApp): Promise<void> {
  await routeTo(databaseUrl, 'standby')
  await onServer((client) =>
    client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
      new URL(databaseUrl).pathname.slice(1),
    ]),
  )
}

/** Each leaves only a standby that answers. */
const demotions: [string, (app: TestApp) => Promise<void>][] = [
  ['breaks all connections', breakConnections],
  [
    'makes them read-only',
    ({ services, databaseUrl }) =>
      demoteConnections(services.db, poolSize, () => routeTo(databaseUrl, 'standby')),
  ],
]

describeOnPostgres('a fail-over under steady traffic', () => {
  test.each(demotions)(
    'that %s: saves fail only without a primary, and the first one after its return succeeds in time',
    async (_what, demote) => {
      await using app = await testApp({ databaseKind: 'postgres', database: { poolSize } })
      await using traffic = await steadyTraffic(app, 3)
      expect(await traffic.during('before')).toEqual(['200'])

      await traffic.change(() => demote(app))
      expect(await traffic.during('standby')).toEqual(['UNAVAILABLE'])
      // The check trusts the last commit for a second.
      await expect.poll(() => readiness(app), { timeout }).toBe('database')
      expect((await traffic.readMe()).status).toBe(200)

      await traffic.change(() => routeTo(app.databaseUrl, 'primary'))
      const primaryAt = performance.now()
      expect(await traffic.during('after')).toEqual(['200'])
      expect((await traffic.everyUserSaved()) - primaryAt).toBeLessThan(writableWithinMs)
      expect(await readiness(app)).toBe('ready')
      const { saved, stored } = await traffic.stop()
      expect(stored).toEqual(saved)
    },
    2 * timeout,
  )

  test(
    'to connections that stay open: no save meets a read-only connection twice',
    async () => {
      await using app = await testApp({ databaseKind: 'postgres', database: { poolSize } })
      await using traffic = await steadyTraffic(app, 3)
      expect(await traffic.during('before')).toEqual(['200'])
      await demoteConnections(app.services.db, poolSize)
      expect(await traffic.during('demoted')).toEqual(['200'])
      expect(await readiness(app)).toBe('ready')
      await traffic.stop()
    },
    timeout,
  )
})
