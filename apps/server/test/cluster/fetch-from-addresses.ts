import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'

/**
 * Returns a `fetch` that sends each request from another address of 127.0.0.0/8, all of which Linux has. So a
 * proxy forwards each as another client, and the limits of an address apply to each alone.
 */
export function fetchFromAddresses(): typeof fetch {
  let count = 0
  const nextAddress = () => {
    count += 1
    return `127.${1 + ((count >> 16) & 127)}.${(count >> 8) & 255}.${1 + (count % 250)}`
  }
  return async (input, init = {}) => {
    const sent = new Request(input, init)
    const body = await sent.text()
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    const outgoing = request(sent.url, {
      method: sent.method,
      headers: { ...Object.fromEntries(sent.headers), ...cookieOf(init) },
      localAddress: nextAddress(),
      agent: false,
      signal: sent.signal,
    })
    outgoing.once('response', resolve)
    // Not `once`: the signal may abort the request after the response began.
    outgoing.on('error', reject)
    outgoing.end(body)
    return toResponse(await promise)
  }
}

/** `Request` drops the cookies that a program sends. */
function cookieOf({ headers }: RequestInit): { cookie?: string } {
  const cookie = new Headers(headers).get('cookie')
  return cookie === null ? {} : { cookie }
}

function toResponse(incoming: IncomingMessage): Response {
  const headers = new Headers()
  for (let at = 0; at < incoming.rawHeaders.length; at += 2) {
    headers.append(incoming.rawHeaders[at] ?? '', incoming.rawHeaders[at + 1] ?? '')
  }
  const { statusCode: status = 0 } = incoming
  const hasBody = status !== 204 && status !== 304
  // Sound: Node's web streams are those of `Response`; only their declarations differ.
  const body = hasBody ? (Readable.toWeb(incoming) as ReadableStream) : null
  return new Response(body, { status, headers })
}
