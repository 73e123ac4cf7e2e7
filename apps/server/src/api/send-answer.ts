import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import type { Response as HttpResponse } from 'express'

/** Sends what tRPC answered: whole, or as a stream of events that ends when the caller leaves or the server stops. */
export async function sendAnswer(
  answer: Response,
  response: HttpResponse,
  stopping: AbortSignal,
): Promise<void> {
  response.status(answer.status)
  answer.headers.forEach((value, name) => {
    // Answers do not depend on what `vary` would name: no format is negotiated, and none is stored anyway.
    if (name !== 'vary' && name !== 'set-cookie') response.setHeader(name, value)
  })
  const cookies = answer.headers.getSetCookie()
  if (cookies.length > 0) response.setHeader('set-cookie', cookies)
  response.setHeader('cache-control', 'no-store')
  if (answer.status === 405) response.setHeader('allow', response.req.method === 'GET' ? 'POST' : 'GET')
  if (answer.body === null || !answer.headers.get('content-type')?.startsWith('text/event-stream')) {
    response.end(await answer.text())
    return
  }
  response.flushHeaders()
  try {
    await pipeline(Readable.fromWeb(answer.body), response, { signal: stopping })
  } catch {
    // The caller left, or the server stops: the stream is over, and that is all there is to say.
    response.destroy()
  }
}
