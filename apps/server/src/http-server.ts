import { randomUUID } from 'node:crypto'
import { createServer, STATUS_CODES, type RequestListener, type Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

import type { Logger } from 'pino'

/**
 * Slow callers are cut off in seconds, so that a few of them cannot hold all sockets (ASVS 5.0 15.2.2). A call that is being
 * worked on sends nothing meanwhile: the socket's limit is above the longest wait for a password hash.
 */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16 * 1024,
}
const silentSocketMs = 60_000

interface HttpServerOptions {
  /** What every answer carries, also those that are given before there is a request. */
  headers: Record<string, string>
  log: Logger
}

export function createHttpServer(listener: RequestListener, { headers, log }: HttpServerOptions): Server {
  const server = createServer(limits, listener)
  server.setTimeout(silentSocketMs)
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
