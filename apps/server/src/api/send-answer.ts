import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { ReadableStreamDefaultReader } from 'node:stream/web'
import { sendBody } from '../http/send-body.ts'

interface Sending {
  /** Ends event streams when the server stops. */
  stopping: AbortSignal
  /** Charges the bytes of a whole response to its caller. */
  charge?: (bytes: number) => Promise<void>
}

/**
 * Sends the response of tRPC: whole, or as a stream of events that ends when the client leaves or the server
 * stops.
 */
export async function sendAnswer(
  answer: Response,
  response: ServerResponse,
  { stopping, charge }: Sending,
): Promise<void> {
  response.statusCode = answer.status
  answer.headers.forEach((value, name) => {
    if (!ownHeaders.has(name)) response.setHeader(name, value)
  })
  const cookies = answer.headers.getSetCookie()
  if (cookies.length > 0) response.setHeader('set-cookie', cookies)
  if (answer.status === 405) response.setHeader('allow', response.req.method === 'GET' ? 'POST' : 'GET')
  if (answer.body === null || !answer.headers.get('content-type')?.startsWith('text/event-stream')) {
    const bytes = await answer.bytes()
    await charge?.(bytes.length)
    return sendBody(response, bytes)
  }
  // A proxy that compresses would buffer events.
  response.setHeader('cache-control', 'no-store, no-transform')
  response.flushHeaders()
  await sendEvents(answer.body, response, stopping)
}

/** Headers that the host sets itself. `vary` is dropped, because no format is negotiated. */
const ownHeaders: ReadonlySet<string> = new Set(['vary', 'set-cookie', 'cache-control', 'connection'])

async function sendEvents(
  body: ReadableStream<Uint8Array>,
  response: ServerResponse,
  stopping: AbortSignal,
): Promise<void> {
  const reader = body.getReader()
  const stop = () => void reader.cancel()
  stopping.addEventListener('abort', stop)
  if (stopping.aborted) stop()
  try {
    await pipeline(eventsOf(reader), response)
  } catch {
    // The client left.
    response.destroy()
  } finally {
    stopping.removeEventListener('abort', stop)
    await reader.cancel()
  }
}

/**
 * The range of times after which browsers reconnect. Each gets a random one, so that not all reconnect
 * simultaneously when a server restarts.
 */
const reconnectMs = { min: 2_000, max: 6_000 }

async function* eventsOf(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): AsyncGenerator<string | Uint8Array> {
  const { min, max } = reconnectMs
  yield `retry: ${Math.round(min + Math.random() * (max - min))}\n\n`
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}
