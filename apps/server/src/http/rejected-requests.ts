import { randomUUID } from 'node:crypto'
import type { RequestListener, Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import { errorPage, errorPageHeaders, sendErrorPage } from './error-page.ts'
import { STATUS_CODES } from './node-http.ts'
import { answersRejected, oneRequestAtATime } from './one-request-at-a-time.ts'

interface RejectionOptions {
  /** Headers of every response. */
  headers: Record<string, string>
  log: Logger
}

/** What a user can do about a request that Node rejects. */
const pages = {
  400: {
    title: 'This request could not be read',
    text: 'Reload the page. If this happens again, a browser extension or a proxy may be changing your requests.',
  },
  408: { title: 'This request took too long', text: 'Check your connection and reload the page.' },
  413: { title: 'This request is too large', text: 'Send less data.' },
  417: {
    title: 'This Expect header is not supported',
    text: 'Send the request without it, or with Expect: 100-continue.',
  },
  431: {
    title: 'Your browser sends too many cookies',
    text: 'A request may have 16 KB of headers, and cookies fill most of them. Delete the cookies of this site in the settings of the browser, then reload the page and log in again.',
    forOperators: 'Programs on other ports of this host name share its cookies.',
  },
} as const

type Status = keyof typeof pages

/**
 * Answers requests that Node rejects: malformed, too slow, with too large headers (RFC 6585 section 5), or
 * with an `Expect` other than 100-continue (RFC 9110 section 10.1.1). The connection is closed.
 */
export function answerRejectedRequests(server: Server, { headers, log }: RejectionOptions): void {
  const logged = (socket: Duplex, status: Status, code: string | undefined): Record<string, string> => {
    const requestId = randomUUID()
    // Sound: the server speaks TCP, whose streams are sockets.
    const { remoteAddress: ip } = socket as Socket
    log.info({ requestId, status, code, ip }, 'rejected before it was a request')
    return { ...headers, 'X-Request-Id': requestId, Connection: 'close' }
  }
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable) return void socket.destroy()
    // Sound: as above.
    if (!answersRejected(socket as Socket)) return
    const status = statuses[error.code ?? ''] ?? 400
    socket.end(answerText(status, logged(socket, status, error.code)))
  })
  const answerExpectation: RequestListener = ({ socket }, response) => {
    for (const [name, value] of Object.entries(logged(socket, 417, undefined)))
      response.setHeader(name, value)
    sendErrorPage(response, { status: 417, ...pages[417] })
  }
  server.on('checkExpectation', oneRequestAtATime(answerExpectation))
}

const statuses: Readonly<Record<string, Status>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
}

function answerText(status: Status, headers: Record<string, string>): string {
  const page = errorPage(pages[status])
  const lines = {
    ...headers,
    ...errorPageHeaders,
    'Content-Length': String(Buffer.byteLength(page)),
  }
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('')}\r\n${page}`
}
