import { signupInput } from '@app/contract/testing'
import { expect, test } from 'vitest'
import { securityHeaders } from '../../src/http/security-headers.ts'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { testClock } from '../../src/testing/test-clock.ts'
import { password } from '../support/actors.ts'
import { paths, procedures } from '../support/procedures.ts'
import { post } from '../support/raw-call.ts'

// A single query or mutation does not pass through tRPC's HTTP handler. Here two servers get the same
// requests, and one of them passes everything through it.

const requests = 2_000
const randomNumber = seededRandom(20_261)
const pick = <T>(values: readonly [T, ...T[]]): T =>
  values[Math.floor(randomNumber() * values.length)] ?? values[0]

interface SentRequest {
  path: string
  init: { method: string; headers: Record<string, string>; body?: string }
}

const noteId = '01977e3c-0000-7000-8000-000000000000'
const inputs = [
  {},
  { limit: 2 },
  { limit: 'five' },
  { id: noteId },
  { title: 'a note', text: 'ⓐ 𝒷 \u2028' },
  { name: 'Ada' },
  { name: '' },
  { username: 'ada', password },
  { username: 'ada', password: 'wrong' },
  { password },
  { search: 'a' },
  { unknown: 1, toString: 2 },
  [],
  null,
  'text',
  7,
] as const
const malformed = ['', '{', '{}}', 'null', '[1', '"\\ud800"', '\u0000', '{"__proto__":{"a":1}}'] as const

/** Makes one request: often a right call, else one that is wrong in one or two ways. */
function nextRequest(cookie: string): SentRequest {
  const name = pick(readonlyPaths)
  const spelled = pick([
    name,
    name,
    name,
    name,
    name.toUpperCase(),
    `${name},${pick(readonlyPaths)}`,
    `${name}/`,
    name.replace('.', '%2e'),
    name.replace('.', '/'),
    '',
    'no.such',
    '__proto__',
    '%zz',
  ])
  const right = procedures[name]._def.type === 'mutation' ? 'POST' : 'GET'
  const method = pick([right, right, right, right, 'GET', 'POST', 'PUT', 'OPTIONS', 'DELETE'])
  const json = randomNumber() < 0.8 ? JSON.stringify(pick(inputs)) : pick(malformed)
  const isBatch = randomNumber() < 0.4
  const query = new URLSearchParams()
  if (isBatch) query.set('batch', pick(['1', '1', '1', '0', 'true']))
  if (method === 'GET' && randomNumber() < 0.9) query.set('input', isBatch ? `{"0":${json}}` : json)
  if (randomNumber() < 0.05) query.append('input', '{}')
  const headers: Record<string, string> = {
    ...(randomNumber() < 0.8 ? { cookie } : {}),
    ...(randomNumber() < 0.1 ? { accept: pick(['application/jsonl', 'text/html', '*/*']) } : {}),
    ...(randomNumber() < 0.1 ? { origin: 'https://evil.example' } : {}),
  }
  const hasBody = method !== 'GET' && method !== 'OPTIONS'
  if (hasBody) {
    headers['content-type'] = pick([
      'application/json',
      'application/json',
      'application/json',
      'Application/JSON; charset=utf-8',
      'text/plain',
    ])
  }
  const search = query.size === 0 ? '' : `?${query.toString()}`
  return { path: `/trpc/${spelled}${search}`, init: { method, headers, ...(hasBody ? { body: json } : {}) } }
}

/** Without those that end the session of the test, or whose answer has no end. */
const readonlyPaths = paths.filter(
  (path) =>
    ![
      'account.close',
      'account.changePassword',
      'auth.logout',
      'auth.elevate',
      'auth.signup',
      'sessions.events',
      'sessions.revoke',
    ].includes(path),
) as [(typeof paths)[number], ...(typeof paths)[number][]]

test('plain calls: get the answer, the log line and the audit that tRPC would give', async () => {
  const now = Date.UTC(2026, 0, 1)
  const options = { settings: { limits: 'relaxed' } } as const
  await using short = await testApp({ ...options, clock: testClock(now) })
  await using whole = await testApp({ ...options, clock: testClock(now), answersAllByTrpc: true })
  const apps = [short, whole]
  const cookies = await Promise.all(apps.map(signUpAda))
  for (let count = 0; count < requests; count += 1) {
    const { path, init } = nextRequest('COOKIE')
    // Makes the order of rows the same on both.
    for (const { clock } of apps) clock.advance(1)
    const answers = await Promise.all(
      apps.map(async (app, index) => {
        const headers: Record<string, string> = { ...init.headers }
        if (headers['cookie'] !== undefined) headers['cookie'] = cookies[index] ?? ''
        return seen(await fetch(app.url + path, { ...init, headers }))
      }),
    )
    expect([path, init, answers[0]]).toEqual([path, init, answers[1]])
    for (const [name, value] of Object.entries(securityHeaders(false)))
      expect(answers[0]?.headers.get(name.toLowerCase())).toBe(value)
  }
  const [ofShort, ofWhole] = await Promise.all(apps.map(traces))
  expect(ofShort).toEqual(ofWhole)
  short.log.expectErrors()
  whole.log.expectErrors()
})

async function signUpAda(app: TestApp): Promise<string> {
  const { cookies } = await post(app.url, 'auth.signup', signupInput({ username: 'ada', password }))
  return cookies.join('; ')
}

/** Every header but those that are random or depend on the time. */
async function seen(response: Response) {
  const { status } = response
  const text = anonymous(await response.text())
  const cookies = response.headers.getSetCookie().map((line) => line.replace(/=[^;]+/, '=…'))
  const headers = new Map(response.headers)
  for (const name of ['date', 'set-cookie']) headers.delete(name)
  headers.set('x-request-id', String(headers.get('x-request-id')?.length))
  // Texts that were replaced differ in length.
  if (text.includes('…')) headers.delete('content-length')
  return { status, text, cookies, headers }
}

/** The log lines and audit events of a server, without what is random. */
async function traces({ log, services }: TestApp) {
  const lines = log.lines.map(({ level, msg, ...fields }) => {
    const { method, path, status, outcome, outcomes, calls } = fields
    return { level, msg, method, path, status, outcome, outcomes, calls }
  })
  const events = await services.db.read
    .selectFrom('audit_events')
    .select(['event', 'actor_kind', 'detail'])
    .orderBy('id')
    .execute()
  return { lines, events: events.map((event) => JSON.stringify(event)).toSorted() }
}

/** Replaces ids and other random texts. */
function anonymous(text: string): string {
  return (
    text
      .replace(/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g, '…')
      // Ports of the two servers.
      .replace(/:\d{4,5}\b/g, ':…')
      .replace(/"(stateFingerprint|requestId|uri|secret|challenge|id|token|hint)":"[^"]*"/g, '"$1":"…"')
  )
}

/** Mulberry32: the same requests in every run. */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
