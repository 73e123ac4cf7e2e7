import type { RequestListener, Server } from 'node:http'
import { failures } from '@app/contract'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import type { ConnectionLimits } from '../http/connection-limits.ts'
import { hostFailure } from '../http/host-failure.ts'
import { createHttpServer } from '../http/http-server.ts'
import { loopbackHosts } from '../http/own-addresses.ts'

interface MetricsServerOptions {
  headers: Record<string, string>
  log: Logger
}

/** A Prometheus has one or two. The files for more are kept for the database. */
const connections: ConnectionLimits = { process: 10, idle: 5, address: null }

/** Creates a server for `GET /metrics` only, on a separate port that only the operator can reach. */
export function createMetricsServer(registry: Registry, options: MetricsServerOptions): Server {
  const headers = { ...options.headers, 'Cache-Control': 'no-store' }
  const log = options.log.child({ port: 'metrics' })
  const listener: RequestListener = (request, response) => {
    const hosts = new Set(loopbackHosts(request.socket.localPort ?? 0))
    const failure = hostFailure(request, { hosts, defaultPort: 80 })
    if (failure !== null) {
      const { status, text } = failures[failure.reason]
      return void response.writeHead(status, headers).end(`${text}\n`)
    }
    if (request.url !== '/metrics') return void response.writeHead(404, headers).end()
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return void response.writeHead(405, { ...headers, Allow: 'GET, HEAD' }).end()
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { ...headers, 'Content-Type': registry.contentType }).end(text),
      (error: unknown) => {
        log.error({ err: error }, 'the metrics failed')
        response.writeHead(500, headers).end()
      },
    )
  }
  return createHttpServer(listener, { headers: options.headers, log, connections })
}
