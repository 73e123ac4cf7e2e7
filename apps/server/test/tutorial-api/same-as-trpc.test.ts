import { failures, rateLimits } from '@app/contract'
import type { Reason } from '@app/contract'
import { describeOnEach } from '@app/router/testing'
import { describe, expect, test } from 'vitest'
import { metricsPrefix } from '../../src/operations/metrics.ts'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newAdmin, newUser, password } from '../support/actors.ts'
import { eventsOf } from '../support/audit-rows.ts'
import { callAs, callerKinds } from '../support/caller-kinds.ts'
import type { SendCall } from '../support/caller-kinds.ts'
import { watchReads } from '../support/database-reads.ts'
import { occupyHashSlot } from '../support/occupy-hash-slot.ts'
import { call } from '../support/procedures.ts'
import { credentialHeaders, post } from '../support/raw-call.ts'
import { readMetrics } from '../support/read-metrics.ts'
import { routesOfProcedures } from './routes-of-procedures.ts'
import { callTutorial } from './tutorial-call.ts'

interface RawOutcome {
  status: number
  cookies: readonly string[]
}

/** Makes a call and returns what both addresses must have in common. */
function observe(send: (...sent: Parameters<SendCall>) => Promise<RawOutcome>): SendCall {
  return async (app, path, ...rest) => {
    const before = await outcomesOf(app, path)
    let answer: RawOutcome = { status: 0, cookies: [] }
    const events = await eventsOf(app, async () => {
      answer = await send(app, path, ...rest)
    })
    // A response is counted when it has been sent.
    let outcome = ''
    const counted = async () => {
      const after = await outcomesOf(app, path)
      ;[outcome = ''] = [...after].find(([key, count]) => count !== before.get(key)) ?? []
      return outcome
    }
    await expect.poll(counted, { message: path }).not.toBe('')
    const cookies = answer.cookies.map((cookie) => cookie.replace(/=.+/, '=value')).sort()
    // The tutorials' API has no second step: its log-in fails where auth.login answers `second-factor`.
    if (!cookies.includes('pending-login=value')) {
      const expected = outcome === 'ok' ? 'success' : String(failures[outcome as Reason].status)
      expect(answer.status < 300 ? 'success' : String(answer.status), `${path} ${outcome}`).toBe(expected)
    }
    return [outcome, ...events.sort(), ...cookies].join(' ')
  }
}

/** The counted calls of a procedure, by outcome. */
async function outcomesOf(app: TestApp, path: string): Promise<Map<string, number>> {
  const prefix = `${metricsPrefix}_calls_total{procedure="${path}",outcome="`
  const samples = [...(await readMetrics(app))].filter(([name]) => name.startsWith(prefix))
  return new Map(samples.map(([name, count]) => [name.slice(prefix.length, -2), count]))
}

const byTrpc = observe((app, path, input, credentials) => call(app.url, path, input, credentials))

const byRoute = (route: `${string} /${string}`, rename: (input: Record<string, unknown>) => object) =>
  observe((app, _path, input, credentials) => {
    const headers = credentialHeaders(credentials)
    const fields = rename({ ...input })
    if (!route.startsWith('GET')) return callTutorial(app.url, route, { body: fields, headers })
    const query = new URLSearchParams(
      Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]),
    )
    return callTutorial(app.url, `${route}?${query.toString()}`, { headers })
  })

// Guards read the same rows on each database, so one is enough.
describe('the tutorials’ API answers as /trpc does', () => {
  test.for(Object.entries(callerKinds))('to the caller: %s', async ([, kind]) => {
    await using app = await testApp({
      host: { metricsPort: 0 },
      settings: {
        limits: 'relaxed',
        adminSecondFactor: kind.requiresAdminFactor ? 'required' : 'optional',
        adminTokens: kind.allowsAdminTokens ? 'on' : 'off',
      },
    })
    const setup = { app, root: await newAdmin(app) }
    for (const [path, route, rename] of routesOfProcedures) {
      const expected = await callAs(setup, path, kind, byTrpc)
      const answered = await callAs(setup, path, kind, byRoute(route, rename))
      expect([route, answered]).toEqual([route, expected])
    }
  })
})

describeOnEach('the tutorials’ API', (databaseKind) => {
  test('shares the limit of failed log-ins with /trpc', async () => {
    const { points } = rateLimits.loginFailuresPerAddress
    await using app = await testApp({ databaseKind })
    const wrong = (index: number) => ({ name: `user-${index}`, password: 'wrong horse battery' })
    for (let index = 0; index < points; index += 1) {
      const { name: uid, ...rest } = wrong(index)
      const answer =
        index % 2 === 0
          ? await callTutorial(app.url, 'POST /api/authenticate', { body: { uid, ...rest } })
          : await post(app.url, 'auth.login', { username: uid, ...rest })
      expect(answer.status).toBe(401)
    }
    const byTutorial = await callTutorial(app.url, 'POST /api/authenticate', {
      body: { uid: 'user', password },
    })
    const direct = await post(app.url, 'auth.login', { username: 'user', password })
    expect([byTutorial.status, direct.status]).toEqual([429, 429])
    // A second may pass between the two.
    expect(byTutorial.headers.get('retry-after')).toMatch(/^\d+$/)
    expect(byTutorial.message).toMatch(/^Too many attempts\. Try again in /)
  })

  test('shares the limit of changes of an account with /trpc', async () => {
    await using app = await testApp({ databaseKind })
    const { cookie } = await newUser(app)
    const { points } = rateLimits.mutationsPerAccount
    const reserve = rateLimits.reserveCallsPerSession.points
    for (let index = 0; index < points + reserve; index += 1) {
      const answer =
        index % 2 === 0
          ? await callTutorial(app.url, 'PUT /api/user', { cookie, body: { name: 'Ada' } })
          : await post(app.url, 'account.updateProfile', { name: 'Ada' }, cookie)
      expect([index, answer.status]).toEqual([index, 200])
    }
    const limited = await callTutorial(app.url, 'PUT /api/user', { cookie, body: { name: 'Ada' } })
    expect([limited.status, limited.error]).toEqual([429, 'Too many requests'])
  })
})

test('while the hash queue is full, the tutorials’ log-in and sign-up are BUSY before any database read', async () => {
  await using app = await testApp({ settings: { hashConcurrency: 1, hashQueue: 0 } })
  using reads = watchReads(app)
  using _busy = await occupyHashSlot(app)
  for (const route of ['POST /api/authenticate', 'POST /api/user'] as const) {
    const answer = await callTutorial(app.url, route, { body: { uid: 'ada', password } })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
  }
  expect(reads.count()).toBe(0)
})

test('bodies and responses of the tutorials’ API count among the bytes in memory', async () => {
  await using app = await testApp({ inFlightBytes: { caller: 1_000, process: 1_000 } })
  const answer = await callTutorial(app.url, 'POST /api/authenticate', { body: { uid: 'ada', password } })
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
})
