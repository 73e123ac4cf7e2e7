import { randomUUID } from 'node:crypto'
import { createServer, STATUS_CODES, type RequestListener, type Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

import type { Logger } from 'pino'

import { limitConnections, type ConnectionLimits } from './connection-limits.ts'
import { oneRequestAtATime } from './one-request-at-a-time.ts'
import { cutSlowReaders } from './slow-readers.ts'

/**
 * Slow callers are cut off in seconds, so that a few of them cannot hold all sockets (ASVS 5.0 15.2.2). A call that is being
 * worked on sends nothing meanwhile: that limit is above the longest wait for a password hash.
 */
export const socketLimits = {
  /** From the connection, or the first byte of a further request, to the end of the headers. */
  headersMs: 10_000,
  /** The same to the end of the body. */
  requestMs: 15_000,
  /** Between two requests. */
  idleMs: 10_000,
  /** Without a byte in either direction, while a call is being worked on. */
  workMs: 60_000,
  /** While something waits to be sent and the other side takes nothing. */
  untakenMs: 15_000,
  /** While the other side takes what waits, but never all of it. */
  behindMs: 120_000,
  /** How often sockets are looked at. */
  checkEveryMs: 1_000,
}

export type SocketLimits = typeof socketLimits

const maxHeaderSize = 16 * 1024

interface HttpServerOptions {
  /** What every answer carries, also those that are given before there is a request. */
  headers: Record<string, string>
  log: Logger
  /** Default: `socketLimits`. */
  limits?: SocketLimits
  /** Default: without a limit of their number. */
  connections?: ConnectionLimits
}

export function createHttpServer(
  listener: RequestListener,
  { headers, log, limits = socketLimits, connections }: HttpServerOptions,
): Server {
  const server = createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.idleMs,
      connectionsCheckingInterval: limits.checkEveryMs,
      maxHeaderSize,
    },
    oneRequestAtATime(listener),
  )
  server.setTimeout(limits.workMs)
  if (connections !== undefined) limitConnections(server, { limits: connections, log })
  cutSlowReaders(server, limits)
  const answered = new WeakMap<object, () => boolean>()
  server.prependListener('request', (request, response) => {
    answered.set(request.socket, () => response.headersSent)
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // A socket on which an answer has begun cannot take another.
    if (!socket.writable || answered.get(socket)?.() === true) return void socket.destroy()
    const { code } = error
    const facts = { requestId: randomUUID(), status: statuses[code ?? ''] ?? 400 }
    // Sound: the server speaks TCP, whose streams are sockets.
    const { remoteAddress: ip } = socket as Socket
    log.info({ ...facts, code, ip }, 'refused before it was a request')
    refuseSocket(socket, facts, headers)
  })
  return server
}

const statuses: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
}

/** Answers what never became a request: broken, too slow, or with headers that are too long. */
function refuseSocket(
  socket: Duplex,
  { requestId, status }: { requestId: string; status: number },
  headers: Record<string, string>,
): void {
  const lines = {
    ...headers,
    'X-Request-Id': requestId,
    'Cache-Control': 'no-store',
    'Content-Length': '0',
    Connection: 'close',
  }
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('')}\r\n`)
}
