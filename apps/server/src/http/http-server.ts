import { createServer, type RequestListener, type Server } from 'node:http'

import type { Logger } from 'pino'

import { limitConnections, type ConnectionLimits } from './connection-limits.ts'
import { boundIdleConnections } from './idle-connections.ts'
import { oneRequestAtATime } from './one-request-at-a-time.ts'
import { answerRefusedRequests } from './rejected-requests.ts'
import { cutSlowReaders } from './slow-clients.ts'

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
  idleMs: 75_000,
  /** Without a byte in either direction, while a call is being worked on. */
  workMs: 60_000,
  /** While something waits to be sent and the other side takes nothing. */
  stalledMs: 15_000,
  /** While the other side takes what waits, but never all of it. */
  laggingMs: 120_000,
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
  if (connections !== undefined) {
    limitConnections(server, { limits: connections, log })
    boundIdleConnections(server, connections.idle)
  }
  cutSlowReaders(server, limits)
  answerRefusedRequests(server, { headers, log })
  return server
}
