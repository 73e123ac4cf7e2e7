import { tokenScopes } from '@app/contract'
import type { TokenScope } from '@app/contract'
import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { securityHeaders } from '../../src/http/security-headers.ts'
import { metricsPrefix } from '../../src/operations/metrics.ts'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { testClock } from '../../src/testing/test-clock.ts'
import { password } from '../support/actors.ts'
import { keepCookies } from '../support/cookie-passkeys.ts'
import { giveToken, unknownToken } from '../support/give-token.ts'
import { credentialHeaders, post } from '../support/raw-call.ts'
import { readMetrics } from '../support/read-metrics.ts'
import { sendExactly } from '../support/send-exactly.ts'
import type { ExactAnswer } from '../support/send-exactly.ts'
import { requestGenerator } from './generated-requests.ts'
import type { Caller, GeneratedRequest } from './generated-requests.ts'

// A single query or mutation does not pass through tRPC's HTTP handler. Here two servers get the same
// requests, and one of them passes everything through it.

const requests = { sqlite: 3_000, postgres: 500 }
const turns = 50
const generatedPerTurn = 5
const now = Date.UTC(2026, 0, 1)

describeOnEach('plain calls', (databaseKind) => {
  const settings = { limits: 'relaxed' } as const

  test('get the answer, the log line, the metrics and the audit that tRPC would give', async () => {
    const options = { databaseKind, settings, host: { metricsPort: 0 } }
    await using short = await testApp({ ...options, clock: testClock(now) })
    await using whole = await testApp({ ...options, clock: testClock(now), answersAllByTrpc: true })
    const sides = await Promise.all([short, whole].map(newSide))
    expect(await expectSameAnswers(sides, signUp)).toMatchObject({ status: 200 })
    const nextRequest = requestGenerator(20_261)
    for (let count = 0; count < requests[databaseKind]; count += 1) {
      const { cookies } = await expectSameAnswers(sides, nextRequest())
      if (!cookies.some(isEndOfSession)) continue
      // No failed log-in of the last hours delays this one.
      for (const { app } of sides) app.clock.advance(12 * 3_600_000)
      expect(await expectSameAnswers(sides, logIn)).toMatchObject({ status: 200 })
    }
    const [ofShort, ofWhole] = await Promise.all(sides.map(traces))
    expect(ofShort).toEqual(ofWhole)
    for (const { log } of [short, whole]) log.expectErrors()
  })

  test('that arrive in one turn of the event loop get the answers that tRPC would give', async () => {
    await using short = await testApp({ databaseKind, settings, clock: testClock(now) })
    await using whole = await testApp({
      databaseKind,
      settings,
      clock: testClock(now),
      answersAllByTrpc: true,
    })
    const sides = await Promise.all([short, whole].map(newSide))
    // Writes the last use of the tokens, which does not change in this minute.
    for (const caller of ['token', 'limited token'] as const)
      await expectSameAnswers(sides, { ...readMe, caller })
    const nextRequest = requestGenerator(20_262)
    const nextQuery = (): GeneratedRequest => {
      const request = nextRequest()
      // Only small requests share a turn, and what one of them writes another could show or not.
      const isSmall = request.method === 'GET' && request.body === undefined
      return isSmall && !/export/i.test(request.path) ? request : nextQuery()
    }
    for (let turn = 0; turn < turns; turn += 1) {
      // A turn takes 0.2 ms, so between them are some that take less.
      const sent = Array.from({ length: generatedPerTurn }, () => [readMe, nextQuery(), readMe]).flat()
      const [ofShort, ofWhole] = await Promise.all(
        // Each on a separate connection, which is kept.
        sides.map((side) => Promise.all(sent.map(async (request) => seen(await sendFrom(side, request))))),
      )
      expect([sent, ofShort]).toEqual([sent, ofWhole])
    }
    for (const { log } of [short, whole]) log.expectErrors()
  })
})

test('plain calls: get the time to retry that tRPC would give', async () => {
  await using short = await testApp({ clock: testClock(now) })
  await using whole = await testApp({ clock: testClock(now), answersAllByTrpc: true })
  const sides = await Promise.all([short, whole].map(newSide))
  const body = JSON.stringify({ username: 'ada', password: 'wrong horse' })
  const request = { method: 'POST', path: '/trpc/auth.login', headers, body, caller: 'none' } as const
  const seconds: (string | undefined)[] = []
  for (let count = 0; count < 8; count += 1) {
    const answer = await expectSameAnswers(sides, request)
    seconds.push(answer.headers['retry-after'])
  }
  expect(seconds.at(-1)).toMatch(/^\d+$/)
})

/** Sends a request to both servers. @returns the answer of the first */
async function expectSameAnswers(
  sides: readonly Side[],
  request: GeneratedRequest,
): Promise<ReturnType<typeof seen>> {
  const answers = await Promise.all(
    sides.map(async (side) => {
      // Makes the order of rows the same on both.
      side.app.clock.advance(1)
      const answer = await sendFrom(side, request)
      // A log-in replaces the session.
      if (request.caller === 'user') keepCookies(side.browser, answer)
      return seen(answer)
    }),
  )
  const [first, second] = answers
  expect([request, first]).toEqual([request, second])
  expect(first?.headers).toMatchObject(commonHeaders)
  if (first === undefined) throw new Error('no answer')
  return first
}

function sendFrom(side: Side, { caller, ...sent }: GeneratedRequest): Promise<ExactAnswer> {
  return sendExactly(side.app.url, { ...sent, headers: { ...sent.headers, ...credentialsOf(caller, side) } })
}

const headers = { 'content-type': 'application/json' }
const logIn: GeneratedRequest = {
  method: 'POST',
  path: '/trpc/auth.login',
  headers,
  body: JSON.stringify({ username: 'ada', password }),
  caller: 'user',
}
const readMe: GeneratedRequest = {
  method: 'GET',
  path: '/trpc/account.me',
  headers: {},
  body: undefined,
  caller: 'user',
}
const signUp: GeneratedRequest = {
  method: 'POST',
  path: '/trpc/auth.signup',
  headers,
  body: JSON.stringify(signupInput({ username: 'grace', password })),
  caller: 'none',
}

/** @param line of `Set-Cookie` */
function isEndOfSession(line: string): boolean {
  return /^[^=]*session=;/.test(line)
}

const commonHeaders = Object.fromEntries(
  Object.entries(securityHeaders(false)).map(([name, value]) => [name.toLowerCase(), value]),
)

interface Side {
  app: TestApp
  browser: { cookie: string }
  tokens: { token: string; 'limited token': string }
}

async function newSide(app: TestApp): Promise<Side> {
  const { text, cookies } = await post(app.url, 'auth.signup', signupInput({ username: 'ada', password }))
  const { id } = JSON.parse(text).result.data.user
  const give = async (scopes: readonly TokenScope[]) => {
    app.clock.advance(1)
    return (await giveToken(app, id, { scopes })).token
  }
  return {
    app,
    browser: { cookie: cookies.join('; ') },
    tokens: { token: await give(tokenScopes), 'limited token': await give([]) },
  }
}

function credentialsOf(caller: Caller, { browser: { cookie }, tokens }: Side): Record<string, string> {
  switch (caller) {
    case 'none':
      return {}
    case 'user':
      return credentialHeaders(cookie)
    case 'unknown token':
      return credentialHeaders({ token: unknownToken })
    case 'token and cookie':
      return credentialHeaders({ token: tokens.token, cookie })
    default:
      return credentialHeaders({ token: tokens[caller] })
  }
}

/** Every header but those that are random or depend on the time. */
function seen({ status, headers, setCookie, text: whole }: ExactAnswer) {
  const text = anonymous(whole)
  const { date: _date, 'x-request-id': id, ...others } = headers
  const cookies = setCookie.map((line) => line.replace(/=[^;]+/, '=…'))
  // Texts that were replaced differ in length.
  if (text.includes('…')) delete others['content-length']
  return { status, text, cookies, headers: { ...others, 'x-request-id': String(id?.length) } }
}

/** The log lines, audit events and metrics of a server, without what is random or a time. */
async function traces({ app }: Side) {
  const lines = app.log.lines.map(({ time: _time, ms: _ms, requestId, tokenId, err, ...fields }) => ({
    ...fields,
    hasRequestId: typeof requestId === 'string',
    hasTokenId: typeof tokenId === 'string',
    error: err === undefined ? undefined : anonymous(JSON.stringify(err, ['type', 'message', 'code'])),
  }))
  const events = await app.services.db.read
    .selectFrom('audit_events')
    .select(['event', 'actor_kind', 'actor_id', 'subject', 'ip', 'user_agent', 'detail', 'token_id'])
    .orderBy('id')
    .execute()
  const metrics = [...(await readMetrics(app))].filter(
    ([name]) => name.startsWith(metricsPrefix) && !/_seconds_(bucket|sum)/.test(name),
  )
  return {
    lines,
    events: events.map((event) => anonymous(JSON.stringify(event))).toSorted(),
    metrics: new Map(metrics),
  }
}

/** Replaces ids and other random texts. */
function anonymous(text: string): string {
  return (
    text
      .replace(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g, '…')
      // Ports of the two servers.
      .replace(/:\d{4,5}\b/g, ':…')
      .replace(
        /"(stateFingerprint|requestId|uri|secret|challenge|id|token|hint|nextCursor)":"[^"]*"/g,
        '"$1":"…"',
      )
  )
}
