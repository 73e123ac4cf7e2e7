import type { ServerResponse } from 'node:http'
import { sendBody } from '../http/send-body.ts'

/** Headers that the host sets itself. `vary` is dropped, because no format is negotiated. */
const ownHeaders: ReadonlySet<string> = new Set(['vary', 'set-cookie', 'cache-control', 'connection'])

/** Sends the response of tRPC. @param charge charges its bytes to the caller */
export async function sendAnswer(
  answer: Response,
  response: ServerResponse,
  charge: (bytes: number) => Promise<void>,
): Promise<void> {
  response.statusCode = answer.status
  answer.headers.forEach((value, name) => {
    if (!ownHeaders.has(name)) response.setHeader(name, value)
  })
  const cookies = answer.headers.getSetCookie()
  if (cookies.length > 0) response.setHeader('set-cookie', cookies)
  if (answer.status === 405) response.setHeader('allow', response.req.method === 'GET' ? 'POST' : 'GET')
  const bytes = await answer.bytes()
  await charge(bytes.length)
  return sendBody(response, bytes)
}
