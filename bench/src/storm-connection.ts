import { connect } from 'node:net'
import { isWhole } from './load.ts'

export interface Answer {
  status: number
  text: string
}

/**
 * Sends sequential requests over a bare socket, because Node's HTTP client would cost as much as the server.
 */
export interface Connection {
  /** @param request raw HTTP */
  ask(request: string): Promise<Answer>
  readonly isOpen: boolean
  /** Value of the Host header of its requests. */
  readonly host: string
  close(): void
}

/** @param localAddress address of the client; Linux has all of 127.0.0.0/8 */
export function openConnection(port: number, localAddress = '127.0.0.1'): Connection {
  const socket = connect({ port, host: '127.0.0.1', localAddress }).setNoDelay().setEncoding('latin1')
  let waiting: PromiseWithResolvers<Answer> | undefined
  let text = ''
  let isOpen = true
  const end = (error: Error) => {
    isOpen = false
    waiting?.reject(error)
  }
  socket.on('error', end)
  socket.on('close', () => end(new Error('the server closed the connection')))
  socket.on('data', (chunk: string) => {
    text += chunk
    if (!isWhole(text)) return
    const answer = { status: Number(text.slice(9, 12)), text }
    text = ''
    waiting?.resolve(answer)
    waiting = undefined
  })
  return {
    ask: (request) => {
      waiting = Promise.withResolvers()
      socket.write(request)
      return waiting.promise
    },
    host: `127.0.0.1:${port}`,
    get isOpen() {
      return isOpen
    },
    close: () => void socket.destroy(),
  }
}

/** Returns the raw request of a call of a procedure. */
export function post(
  connection: Pick<Connection, 'host'>,
  procedure: string,
  input: unknown,
  cookie = '',
): string {
  return postTo(connection, `/trpc/${procedure}`, input, cookie)
}

/** Returns a raw request with a JSON body. */
export function postTo(
  { host }: Pick<Connection, 'host'>,
  path: string,
  input: unknown,
  cookie = '',
): string {
  return rawRequest(host, { method: 'POST', path, body: input }, cookie)
}

/** Returns a raw request, with a JSON body if there is one. */
export function rawRequest(
  host: string,
  { method, path, body }: { method: string; path: string; body?: unknown },
  cookie = '',
): string {
  const text = body === undefined ? '' : JSON.stringify(body)
  const headers = [
    `${method} ${path} HTTP/1.1`,
    `Host: ${host}`,
    ...(body === undefined
      ? []
      : ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(text)}`]),
    ...(cookie === '' ? [] : [`Cookie: ${cookie}`]),
  ]
  return `${headers.join('\r\n')}\r\n\r\n${text}`
}

/** Returns the cookies that a raw response sets, as the value of a Cookie header. */
export function cookiesOf(text: string): string {
  return [...text.matchAll(/^set-cookie: ([^;\r]+)/gim)].map(([, pair]) => pair).join('; ')
}
