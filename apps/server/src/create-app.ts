import { setMaxListeners } from 'node:events'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createServices, repositoryRoot } from '@app/router'
import type { Services } from '@app/router'
import express, { Router } from 'express'
import type { ErrorRequestHandler, RequestHandler } from 'express'
import type { DestinationStream, Logger } from 'pino'
import { admission } from './admission/admission.ts'
import { createInFlightBytes } from './admission/in-flight-bytes.ts'
import type { InFlightByteLimits } from './admission/in-flight-bytes.ts'
import { isApiPath } from './api/api-path.ts'
import { api } from './api/api.ts'
import type { Config } from './config/config.ts'
import { exposureWarnings, isHttps } from './config/exposure.ts'
import { findClientAddress } from './http/client-address.ts'
import { connectionLimits } from './http/connection-limits.ts'
import type { ConnectionLimits } from './http/connection-limits.ts'
import { cookiePolicy } from './http/cookie-policy.ts'
import { hostCheck } from './http/host-check.ts'
import { createHttpServer, socketLimits } from './http/http-server.ts'
import type { SocketLimits } from './http/http-server.ts'
import { ownAddresses } from './http/own-addresses.ts'
import { requestId, requestIdOf } from './http/request-id.ts'
import { requestLog } from './http/request-log.ts'
import { securityHeaders, setHeaders } from './http/security-headers.ts'
import { sendFailure } from './http/send-failure.ts'
import { createLog } from './log.ts'
import { isHealthPath, livez, readyz } from './operations/health.ts'
import { createMetricsServer } from './operations/metrics-server.ts'
import { closeServer } from './process/close-server.ts'
import { listen } from './process/listen.ts'
import { readBuiltWeb } from './web/built-web.ts'
import { changePasswordPath, toChangePassword } from './web/change-password.ts'
import { robotsTxt } from './web/robots-txt.ts'
import { securityTxt, securityTxtPath } from './web/security-txt.ts'
import { sentForms } from './web/sent-forms.ts'
import { isFilePath, serveWeb } from './web/serve-web.ts'

type ServiceOptions = Parameters<typeof createServices>[1]

/** The parts that tests replace; the default of each is the real one. */
export interface AppPorts extends Pick<
  ServiceOptions,
  'clock' | 'machineClock' | 'ticker' | 'database' | 'hasher'
> {
  /** Where log lines go. Default: standard output. */
  logTo?: DestinationStream
  /** The built web app. */
  webFolder?: string
  /** Time limits of connections. */
  sockets?: SocketLimits
  /** How many connections may be open. Default: by the open-file limit and `TRUST_PROXY`. */
  connections?: ConnectionLimits
  /** The maximum of bytes of requests and responses in memory. */
  inFlightBytes?: InFlightByteLimits
  /** Routes besides the API: after the host's headers and log, before the pages. Default: none. */
  routes?: RequestHandler
}

export interface App {
  services: Services
  log: Logger
  /**
   * Starts to accept requests.
   * @returns the opened port, the address that browsers use, and the address of the metrics if they are
   * served
   * @throws the error of the socket: the port is taken, or the host is not of this machine
   */
  listen(): Promise<{ port: number; url: string; metricsUrl: string | null }>
  /**
   * Answers `stopping` at /readyz for DRAIN_DELAY, stops accepting, lets accepted requests finish, then
   * closes the database.
   * @param deadlineMs after which requests that still run are cut off. Default: 10,000
   */
  close(deadlineMs?: number): Promise<void>
}

/**
 * Builds the server from its settings. Two apps share nothing. The database must have been migrated.
 * @throws DatabaseUnavailable
 */
export async function createApp(config: Config, ports: AppPorts = {}): Promise<App> {
  const { clock, machineClock, ticker, database, hasher, logTo } = ports
  const { webFolder = path.join(repositoryRoot, 'apps/web/dist') } = ports
  const { sockets = { ...socketLimits, idleMs: config.keepAliveMs } } = ports
  const log = createLog(config.logLevel, logTo)
  const services = await createServices(config.accounts, {
    log,
    cookies: cookiePolicy(config),
    ...(clock === undefined ? {} : { clock }),
    ...(machineClock === undefined ? {} : { machineClock }),
    ...(ticker === undefined ? {} : { ticker }),
    ...(database === undefined ? {} : { database }),
    ...(hasher === undefined ? {} : { hasher }),
  })
  /** Whether /readyz makes load balancers send new requests elsewhere. */
  let isDraining = false
  const stopping = new AbortController()
  // Every open stream listens; by default Node warns at the eleventh.
  setMaxListeners(0, stopping.signal)
  let own = ownAddresses(config, config.port)

  const headers = securityHeaders(isHttps(config))
  const app = express()
  app.disable('x-powered-by').disable('etag').set('query parser', false)
  app.use(requestId, findClientAddress(config, log), requestLog(log, isQuiet), setHeaders(headers))
  // A router of its own, because it sees the path that the host check has normalized.
  const routes = Router()
  app.use(hostCheck({ own: () => own, log }), routes, answerError(log))
  routes.use(admission(services))
  routes.use((_request, response, next) => {
    if (isDraining && !server.listening) response.set('Connection', 'close')
    next()
  })
  routes.get('/livez', livez)
  routes.get(
    '/readyz',
    readyz(services, () => isDraining),
  )
  const metrics = config.metricsPort === null ? null : await loadMetrics(services)
  if (metrics !== null) routes.use('/trpc', metrics.count)
  routes.use(
    api({
      services,
      inFlightBytes: createInFlightBytes(ports.inFlightBytes),
      allowedOrigins: config.allowedOrigins,
      origins: () => own.origins,
      stopping: stopping.signal,
    }),
  )
  if (ports.routes !== undefined) routes.use(ports.routes)
  routes.get(changePasswordPath, toChangePassword)
  routes.get('/robots.txt', robotsTxt)
  routes.get(
    securityTxtPath,
    securityTxt({
      contacts: config.securityContact,
      publicUrl: () => own.publicUrl,
      clock: clock ?? Date.now,
    }),
  )
  routes.use(sentForms(() => own.origins))
  routes.use(serveWeb(readBuiltWeb(webFolder), config.publicUrl))

  const connections = ports.connections ?? connectionLimits(config.trustProxy)
  const server = createHttpServer(app, { headers, log, limits: sockets, connections })
  const metricsServer = metrics === null ? null : createMetricsServer(metrics.registry, { headers, log })
  const listenForMetrics = async (): Promise<string | null> => {
    if (metricsServer === null || config.metricsPort === null) return null
    const port = await listen(metricsServer, { port: config.metricsPort, host: '127.0.0.1' })
    return `http://127.0.0.1:${port}/metrics`
  }
  return {
    services,
    log,
    listen: async () => {
      const port = await listen(server, config)
      own = ownAddresses(config, port)
      for (const warning of exposureWarnings(config)) log.warn(warning)
      return { port, url: own.publicUrl, metricsUrl: await listenForMetrics() }
    },
    close: async (deadlineMs = 10_000) => {
      isDraining = true
      if (server.listening && config.drainDelayMs > 0) await sleep(config.drainDelayMs)
      stopping.abort()
      await closeServer(server, { deadlineMs, lingerMs: Math.min(config.drainDelayMs, maxLingerMs) })
      if (metricsServer !== null) await closeServer(metricsServer, { deadlineMs: 0, lingerMs: 0 })
      await services.close()
    },
  }
}

/** How long idle connections are served after the listener has closed, for proxies that reuse them. */
const maxLingerMs = 1_000

/** Checks whether a request is a probe or a file, which are logged at level debug. */
function isQuiet(path: string): boolean {
  return isHealthPath(path) || (isFilePath(path) && !isApiPath(path))
}

function answerError(log: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    log.error({ requestId: requestIdOf(response), err: error }, 'a request failed')
    if (response.headersSent) return void response.destroy()
    sendFailure(response, { reason: 'INTERNAL' })
  }
}

/** Loads the metrics only when they are on: they are a tenth of all modules. */
async function loadMetrics(services: Services) {
  const { createMetrics } = await import('./operations/metrics.ts')
  return createMetrics(services)
}
