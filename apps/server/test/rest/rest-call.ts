import { failures } from '@app/contract'
import type { Reason } from '@app/contract'
import { expect } from 'vitest'
import { restRoutes } from '../../src/rest/routes.ts'
import { openStream } from '../support/event-stream.ts'
import type { Path } from '../support/procedure-types.ts'
import { credentialHeaders } from '../support/raw-call.ts'
import type { Credentials } from '../support/raw-call.ts'

/** A response of the REST API. */
export interface RestAnswer {
  status: number
  /** Undefined without a body; of an event stream, the data of its first event. */
  body: unknown
  headers: Headers
  /** `name=value` of each cookie that the response sets. */
  cookies: string[]
}

interface RestCall {
  /** Sent as JSON; text is sent unchanged. */
  body?: unknown
  cookie?: string | undefined
  headers?: Record<string, string>
}

/**
 * Calls the REST API as a program does, and checks what all of its responses have in common.
 * @param route the path is after /api/v1
 */
export async function rest(
  url: string,
  route: `${string} /${string}`,
  { body, cookie, headers = {} }: RestCall = {},
): Promise<RestAnswer> {
  const [method = '', path = ''] = route.split(' ')
  const response = await fetch(`${url}/api/v1${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(cookie === undefined ? {} : { cookie }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const answer = {
    status: response.status,
    headers: response.headers,
    cookies: response.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? ''),
  }
  expect(response.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/)
  expect(response.headers.get('cache-control')).toMatch(/^no-store(, no-transform)?$/)
  const text = await response.text()
  // Headers that are too long are answered before the path is known, with a page for browsers.
  if (response.status === 431) return { ...answer, body: undefined }
  const parsed: unknown = text === '' ? undefined : JSON.parse(text)
  if (response.status < 400) {
    if (text !== '')
      expect(response.headers.get('content-type')).toMatch(/^application\/json(; charset=utf-8)?$/)
  } else if (method !== 'HEAD') expectProblem(response, parsed)
  return { ...answer, body: parsed }
}

/** A problem as its test reads it: checked when it arrived. */
type SentProblem = Record<string, unknown> & { reason: Reason }

/** Checks that all parts of a failed response say the same. */
export function expectProblem(
  { status, headers }: Pick<RestAnswer, 'status' | 'headers'>,
  body: unknown,
): void {
  expect(headers.get('content-type')).toBe('application/problem+json')
  const problem = problemIn({ body })
  if (problem === undefined) throw new Error(`not a problem: ${JSON.stringify(body)}`)
  const { reason, detail, retryAfterSeconds: wait = null } = problem
  expect(problem).toMatchObject({
    type: `/api/problems/${reason}`,
    title: failures[reason].text,
    status,
    instance: `urn:uuid:${headers.get('x-request-id')}`,
  })
  expect(detail).toMatch(/\S/)
  expect(status).toBe(failures[reason].status)
  if (status === 401) expect(headers.get('www-authenticate')).toMatch(/^Bearer( |$)/)
  expect(headers.get('retry-after')).toBe(wait === null ? null : JSON.stringify(wait))
}

/** Returns a body that is a problem; undefined for another one. */
export function problemIn({ body }: Pick<RestAnswer, 'body'>): SentProblem | undefined {
  const isProblem =
    typeof body === 'object' &&
    body !== null &&
    'instance' in body &&
    'reason' in body &&
    typeof body.reason === 'string' &&
    body.reason in failures
  // Sound: checked before.
  return isProblem ? (body as SentProblem) : undefined
}

export function reasonOf(answer: Pick<RestAnswer, 'body'>): Reason | undefined {
  return problemIn(answer)?.reason
}

/**
 * Sends an input to the route of a procedure: the parameters in the path, and the other fields in the body,
 * or in the query string of a GET or DELETE.
 */
export async function callRest(
  url: string,
  procedure: Path,
  input: object,
  credentials?: Credentials,
): Promise<RestAnswer> {
  const { method, path } = restRoutes[procedure]
  const headers = credentialHeaders(credentials)
  const fields = new Map<string, unknown>(Object.entries(input))
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(fields.get(name))
    fields.delete(name)
    return encodeURIComponent(value)
  })
  if (method !== 'GET' && method !== 'DELETE')
    return rest(url, `${method} /${filled.slice(1)}`, { headers, body: Object.fromEntries(fields) })
  const query = new URLSearchParams(
    [...fields].map(([name, value]): [string, string] => [name, String(value)]),
  )
  const target = query.size === 0 ? filled : `${filled}?${query.toString()}`
  return procedure === 'sessions.events'
    ? firstEvent(`${url}/api/v1${target}`, headers)
    : rest(url, `${method} /${target.slice(1)}`, { headers })
}

async function firstEvent(url: string, headers: Record<string, string>): Promise<RestAnswer> {
  await using stream = await openStream(url, headers)
  const { response } = stream
  const answer = { status: response.status, headers: response.headers, cookies: [] }
  if (response.status === 200) return { ...answer, body: (await stream.message())?.data }
  const body: unknown = await response.json()
  expectProblem(answer, body)
  return { ...answer, body }
}
