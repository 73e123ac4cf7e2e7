import type { RequestListener, Server } from 'node:http'
import type { Logger } from 'pino'
import { limitConnections } from './connection-limits.ts'
import type { ConnectionLimits } from './connection-limits.ts'
import { boundIdleConnections } from './idle-connections.ts'
import { limitPieces } from './limit-pieces.ts'
import { createServer } from './node-http.ts'
import { dropsNextRequest, oneRequestAtATime } from './one-request-at-a-time.ts'
import { answerRejectedRequests } from './rejected-requests.ts'
import { cutSlowClients } from './slow-clients.ts'

/**
 * Time limits of connections. Slow clients are cut off in seconds, so that a few of them cannot occupy all
 * sockets (ASVS 5.0 15.2.2). While a call runs no byte is sent, so that limit is above the longest wait for a
 * password hash.
 */
export const socketLimits = {
  /** From the connection, or the first byte of a further request, to the end of the headers. */
  headersMs: 10_000,
  /** The same to the end of the body. */
  requestMs: 15_000,
  /** Between two requests. */
  idleMs: 75_000,
  /** Without a byte in either direction, while a call runs. */
  workMs: 60_000,
  /** While bytes wait to be sent and the client reads none. */
  stalledMs: 15_000,
  /** While the client reads, but never all waiting bytes. */
  laggingMs: 120_000,
  /** How often sockets are checked. */
  checkEveryMs: 1_000,
}

export type SocketLimits = typeof socketLimits

const maxHeaderSize = 16 * 1024

interface HttpServerOptions {
  /** Headers of every response, also to data that is rejected before it is a request. */
  headers: Record<string, string>
  log: Logger
  /** Default: `socketLimits`. */
  limits?: SocketLimits
  /** Default: no limit. */
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
      // A request without a body has no events of one. They took 8 % of a small call.
      optimizeEmptyRequests: true,
      // The listener rejects it: Node's answer has no headers of ours, no log line and no guard below.
      requireHostHeader: false,
    },
    limitPieces(oneRequestAtATime(listener)),
  )
  // Also for pipelined requests, of which only the first is answered.
  server.on('checkContinue', (request, response) => {
    if (!dropsNextRequest(request.socket)) response.writeContinue()
    server.emit('request', request, response)
  })
  server.setTimeout(limits.workMs)
  if (connections !== undefined) {
    limitConnections(server, { limits: connections, log })
    boundIdleConnections(server, connections.idle)
  }
  cutSlowClients(server, limits)
  answerRejectedRequests(server, { headers, log })
  return server
}
