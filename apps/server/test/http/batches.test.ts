import { rateLimits } from '@app/contract'
import { signupInput } from '@app/contract/testing'
import { expect, test, vi } from 'vitest'
import { isQueryWithSideEffects } from '../../src/api/procedure-type.ts'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { watchReads } from '../support/database-reads.ts'
import { refusalOf } from '../support/failure-of.ts'
import { paths } from '../support/procedures.ts'

const json = { 'content-type': 'application/json' }

function names(count: number, name = 'auth.session'): string {
  return Array.from({ length: count }, () => name).join(',')
}

test('batch: each of 10 queries has its own result', async () => {
  await using app = await testApp()
  const batch = [names(8), 'account.me', 'no.such'].join(',')
  const response = await fetch(`${app.url}/trpc/${batch}?batch=1&input={}`)
  const answers = JSON.parse(await response.text())
  expect(response.status).toBe(207)
  expect(answers.slice(0, 8)).toEqual(Array.from({ length: 8 }, () => ({ result: { data: null } })))
  expect(answers[8].error.data.failure.reason).toBe('UNAUTHENTICATED')
  expect(answers[9].error.data.failure.reason).toBe('NO_SUCH_PROCEDURE')
  expect(answers[9].error.data.requestId).toBe(response.headers.get('x-request-id'))
})

test('batch: ten queries of a user read the session once', async () => {
  await using app = await testApp()
  const { cookie } = await newUser(app)
  const ask = (count: number) =>
    fetch(`${app.url}/trpc/${names(count, 'account.me')}?batch=1`, { headers: { cookie } })
  // The first call builds the query.
  await (await ask(1)).text()
  using reads = watchReads(app)
  const response = await ask(10)
  expect([response.status, JSON.parse(await response.text()).length]).toEqual([200, 10])
  expect(reads.count()).toBe(1)
})

test('client: splits queries beyond the limit of a batch', async () => {
  await using app = await testApp()
  const answers = await Promise.all(Array.from({ length: 25 }, () => app.api.auth.session.query()))
  expect(answers).toHaveLength(25)
  expect(app.log.lines.filter(({ msg }) => msg === 'request')).toHaveLength(3)
})

test.each([
  ['11 queries', names(11)],
  ['1,000 queries', names(1_000)],
  ['a mutation', 'auth.logout'],
  ['a mutation among queries', 'auth.session,auth.logout'],
  ['a mutation with an encoded dot', 'auth.session,auth%2Elogout'],
  ['1,000 unknown names', names(1_000, 'x')],
])('BATCH_REFUSED: %s', async (_name, path) => {
  await using app = await testApp()
  const response = await fetch(`${app.url}/trpc/${path}?batch=1`)
  expect(await refusalOf(response)).toEqual([400, 'BATCH_REFUSED'])
})

test.each([
  ['1,000 log-ins', names(1_000, 'auth.login')],
  ['one mutation', 'auth.logout'],
  ['queries', names(2)],
])('BATCH_REFUSED: %s by POST', async (_name, path) => {
  await using app = await testApp()
  for (const body of ['{"0":{"username":"ada","password":"x"}}', '{', null]) {
    const response = await fetch(`${app.url}/trpc/${path}?batch=1`, { method: 'POST', headers: json, body })
    expect(await refusalOf(response)).toEqual([400, 'BATCH_REFUSED'])
  }
})

test.each([
  ['GET', { accept: 'application/jsonl' }],
  ['GET', { accept: 'text/html, Application/JSONL;q=0.5' }],
  ['GET', { 'trpc-accept': 'application/jsonl' }],
  ['POST', { 'trpc-accept': 'application/jsonl', ...json }],
])('BATCH_REFUSED: streamed batches, %s with %j', async (method, headers) => {
  await using app = await testApp()
  for (const query of ['', '?batch=1']) {
    const response = await fetch(`${app.url}/trpc/auth.session${query}`, { method, headers })
    expect(await refusalOf(response)).toEqual([400, 'BATCH_REFUSED'])
  }
})

test.each(['batch=0', 'batch=true', 'batch=0&batch=1'])('batch: %s does not mark a batch', async (query) => {
  await using app = await testApp()
  const response = await fetch(`${app.url}/trpc/auth.session,auth.session?${query}`)
  expect(await refusalOf(response)).toEqual([404, 'NO_SUCH_PROCEDURE'])
})

test('batch: rejects a query with side effects beside other queries; the client sends it alone', async () => {
  await using app = await testApp({ settings: { limits: 'relaxed' } })
  const withSideEffects = paths.filter((path) => isQueryWithSideEffects(path))
  expect(withSideEffects).toContain('account.export')
  const { cookie, api } = await newUser(app)
  for (const path of withSideEffects) {
    for (const batch of [names(10, path), `${path},auth.session`, `no.such,${path}`]) {
      const response = await fetch(`${app.url}/trpc/${batch}?batch=1`, { headers: { cookie } })
      expect(await refusalOf(response)).toEqual([400, 'BATCH_REFUSED'])
    }
    const alone = await fetch(`${app.url}/trpc/${path}?batch=1&input={}`, { headers: { cookie } })
    expect(alone.status).toBe(200)
    await alone.text()
    const query = path.split('.').reduce<unknown>((at, key) => Reflect.get(Object(at), key), api)
    // Sound: every query of the client has this method.
    const asked = (query as { query(): Promise<unknown> }).query()
    expect(await Promise.all([asked, api.account.me.query()])).toHaveLength(2)
  }
})

test('batch: each query counts against the allowance', async () => {
  await using app = await testApp()
  const { cookie, id } = await newUser(app)
  const { rateLimits: limits } = app.services
  await limits.consume('queriesPerAccount', id, rateLimits.queriesPerAccount.points - 3)
  await limits.consume('reserveCallsPerAccount', id, rateLimits.reserveCallsPerAccount.points)
  const response = await fetch(`${app.url}/trpc/${names(5, 'account.me')}?batch=1`, { headers: { cookie } })
  const answers = JSON.parse(await response.text())
  expect(answers.filter((answer: object) => 'result' in answer)).toHaveLength(3)
  expect(answers.at(-1).error.data.failure.reason).toBe('RATE_LIMITED')
})

test('batch: sets each cookie once', async () => {
  await using app = await testApp()
  const signup = await fetch(`${app.url}/trpc/auth.signup`, {
    method: 'POST',
    headers: json,
    body: JSON.stringify(signupInput({})),
  })
  expect(signup.status).toBe(200)
  const cookie = /session=[^;]+/.exec(String(signup.headers.getSetCookie()))?.[0] ?? ''
  app.clock.advance(30 * 60_000)
  const response = await fetch(`${app.url}/trpc/${names(5, 'account.me')}?batch=1`, { headers: { cookie } })
  expect([response.status, response.headers.getSetCookie().length]).toEqual([200, 1])
})

test('batch: making its response counts as a heavy read when it has read a list', async () => {
  await using app = await testApp()
  const { cookie } = await newUser(app)
  const restAfter = vi.spyOn(app.services.heavyReads, 'restAfter')
  const ask = async (called: string) => {
    const input = encodeURIComponent('{"0":{},"1":{}}')
    const response = await fetch(`${app.url}/trpc/${called}?batch=1&input=${input}`, { headers: { cookie } })
    return response.status
  }
  // Otherwise an attacker could delay the lists of all others.
  expect(await ask('account.me,auth.session')).toBe(200)
  expect(await ask('account.me,audit.list')).toBe(207)
  expect(restAfter).not.toHaveBeenCalled()
  expect(await ask('account.me,sessions.list')).toBe(200)
  expect(restAfter).toHaveBeenCalledOnce()
  expect(restAfter).toHaveBeenCalledWith(expect.toSatisfy((usedMs: number) => usedMs > 0 && usedMs < 10_000))
})
