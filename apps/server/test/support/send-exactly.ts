import { request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { undeclaredFailures } from './undeclared-failures.ts'

interface ExactRequest {
  method: string
  /** With the query string. */
  path: string
  headers: Record<string, string>
  body?: string | undefined
}

export interface ExactAnswer {
  status: number | undefined
  /** Without `Set-Cookie`. */
  headers: IncomingHttpHeaders
  setCookie: string[]
  /** `name=value` of what it sets. */
  cookies: string[]
  text: string
}

/**
 * Sends a request that `fetch` would not send, or would change: GET with a body, TRACE, a body without a
 * type.
 * @throws Error for a response with a failure that its procedure does not declare
 */
export async function sendExactly(
  url: string,
  { method, path, headers, body }: ExactRequest,
): Promise<ExactAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<ExactAnswer>()
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  const { hostname, port } = new URL(url)
  const options = { hostname, port, path, method, headers: { ...headers, ...length } }
  const outgoing = request(options, (response) => {
    const {
      statusCode: status,
      headers: { 'set-cookie': setCookie = [], ...others },
    } = response
    const cookies = setCookie.map((line) => line.split(';', 1).join())
    const answer = { status, headers: others, setCookie, cookies }
    text(response).then((whole) => resolve({ ...answer, text: whole }), reject)
  })
  outgoing.once('error', reject)
  outgoing.end(body)
  const answer = await promise
  const isJson = answer.headers['content-type']?.startsWith('application/json') === true
  const undeclared = isJson ? undeclaredFailures(answer.text) : []
  if (undeclared.length > 0) throw new Error(`Undeclared failures: ${undeclared.join(', ')}`)
  return answer
}
