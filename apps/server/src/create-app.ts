import { setTimeout as sleep } from 'node:timers/promises'
import { createServices, mailComposers, mailModeOf, mailTransportOf, startMailSender } from '@app/router'
import type { MailSender, Services, Ticker } from '@app/router'
import type { RequestHandler } from 'express'
import type { DestinationStream, Logger } from 'pino'
import { admission } from './admission/admission.ts'
import { createInFlightBytes } from './admission/in-flight-bytes.ts'
import type { InFlightByteLimits } from './admission/in-flight-bytes.ts'
import { isApiPath, isTrpcPath } from './api/api-path.ts'
import { trpcSteps } from './api/api.ts'
import { createOpenStreams } from './api/open-streams.ts'
import { appRoutes } from './app-routes.ts'
import type { Config } from './config/config.ts'
import { exposureWarnings, isExposed, isHttps } from './config/exposure.ts'
import { answerError, expressErrors } from './http/answer-error.ts'
import { findClientAddress } from './http/client-address.ts'
import { connectionLimits } from './http/connection-limits.ts'
import type { ConnectionLimits } from './http/connection-limits.ts'
import { cookiePolicy } from './http/cookie-policy.ts'
import { hostCheck } from './http/host-check.ts'
import { createHttpServer, socketLimits } from './http/http-server.ts'
import type { SocketLimits } from './http/http-server.ts'
import { ownAddresses } from './http/own-addresses.ts'
import { requestId } from './http/request-id.ts'
import { requestLog } from './http/request-log.ts'
import { requestPath } from './http/request-path.ts'
import { securityHeaders, setHeaders } from './http/security-headers.ts'
import { runSteps } from './http/steps.ts'
import type { Step } from './http/steps.ts'
import { createLog } from './log.ts'
import { isHealthPath } from './operations/health.ts'
import { createMetricsServer } from './operations/metrics-server.ts'
import { closeServer } from './process/close-server.ts'
import { listen } from './process/listen.ts'
import { stopLimits } from './process/stop-limits.ts'
import { readBuiltWeb } from './web/built-web.ts'
import { commonStyle } from './web/page-style.ts'
import { isFilePath } from './web/serve-web.ts'

type ServiceOptions = Parameters<typeof createServices>[1]

/** The parts that tests replace; the default of each is the real one. */
export interface AppPorts extends Pick<
  ServiceOptions,
  'clock' | 'machineClock' | 'ticker' | 'database' | 'hasher' | 'sharesNews' | 'limitsPatienceMs'
> {
  /** When the sender of mails looks for mails that wait. `never`: this server sends none. */
  mailTicker?: Ticker | 'never'
  /** When open event streams send a ping. */
  pingTicker?: Ticker
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
  /** Whether tRPC's HTTP handler answers plain calls too. Default: false; a test compares both ways. */
  answersAllByTrpc?: boolean
  /** Serves pages instead of the built web app, which serves the others. Default: none. */
  pages?: RequestHandler
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
   * Answers `stopping` at /readyz for DRAIN_DELAY, stops accepting, lets accepted requests and mails in
   * progress finish, then closes the database.
   * @param deadlineMs after which requests that still run are cut off. Default: that of `stopLimits`
   */
  close(deadlineMs?: number): Promise<void>
}

/**
 * Builds the server from its settings. Two apps share nothing. The database must have been migrated.
 * @throws DatabaseUnavailable
 */
export async function createApp(config: Config, ports: AppPorts = {}): Promise<App> {
  const {
    logTo,
    webFolder,
    mailTicker,
    pingTicker,
    sockets = { ...socketLimits, idleMs: config.keepAliveMs },
    connections = connectionLimits(config.trustProxy, config.accounts.eventStreams),
    inFlightBytes,
    answersAllByTrpc = false,
    pages,
    routes: ownRoutes,
    ...servicePorts
  } = ports
  const log = createLog(config.logLevel, logTo)
  const web = readBuiltWeb(log, webFolder)
  let own = ownAddresses(config, config.port)
  const services = await createServices(config.accounts, {
    sharesNews: true,
    ...servicePorts,
    log,
    cookies: cookiePolicy(config),
    publicUrl: () => own.publicUrl,
    sharesLimits: true,
    mailMode: mailModeOf({ isExposed: isExposed(config), smtp: config.accounts.smtp }),
  })
  let mailSender: MailSender | null = null
  /** Whether /readyz makes load balancers send new requests elsewhere. */
  let isDraining = false
  const stopping = new AbortController()

  const headers = securityHeaders(isHttps(config))
  const everyRequest: Step[] = [
    requestId,
    findClientAddress(config, log),
    requestLog(log, isQuiet),
    setHeaders(headers),
    hostCheck({ own: () => own, log }),
    admission(services),
    (_request, response, next) => {
      if (isDraining && !server.listening) response.setHeader('Connection', 'close')
      next()
    },
  ]
  const metrics =
    config.metricsPort === null ? null : await loadMetrics(services, () => mailSender?.counts() ?? [])
  const calls = {
    services,
    inFlightBytes: createInFlightBytes(inFlightBytes),
    origins: () => own.origins,
    config,
    streams: createOpenStreams(stopping.signal, pingTicker),
    stylePage: commonStyle(web),
    answersAllByTrpc,
  }
  const routes = appRoutes({
    config,
    calls,
    web,
    publicUrl: () => own.publicUrl,
    metrics,
    isDraining: () => isDraining,
    stopping: stopping.signal,
    ownRoutes,
    pages,
  })
  const onError = answerError(log)
  routes.use(expressErrors(onError))
  const everyCall = [...(metrics === null ? [] : [metrics.count]), ...trpcSteps(calls)]
  const serveTrpc = runSteps(everyCall, onError)
  const serve: Step = (request, response) =>
    isTrpcPath(requestPath(request)) ? serveTrpc(request, response) : void routes(request, response)

  const server = createHttpServer(runSteps([...everyRequest, serve], onError), {
    headers,
    log,
    limits: sockets,
    connections,
  })
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
      // Not before: links in mails have the port.
      mailSender = startSender(services, mailTicker)
      return { port, url: own.publicUrl, metricsUrl: await listenForMetrics() }
    },
    close: async (deadlineMs = stopLimits.requestsMs) => {
      isDraining = true
      if (server.listening && config.drainDelayMs > 0) await sleep(config.drainDelayMs)
      stopping.abort()
      const mailsEnded = mailSender?.close(Math.min(deadlineMs, stopLimits.mailsMs))
      await closeServer(server, { deadlineMs, lingerMs: Math.min(config.drainDelayMs, stopLimits.lingerMs) })
      if (metricsServer !== null) await closeServer(metricsServer, { deadlineMs: 0, lingerMs: 0 })
      await mailsEnded
      await services.close()
    },
  }
}

function startSender(services: Services, ticker: AppPorts['mailTicker']): MailSender | null {
  const transport = ticker === 'never' ? null : mailTransportOf(services)
  if (transport === null || ticker === 'never') return null
  return startMailSender(services, {
    transport,
    composers: mailComposers,
    ...(ticker === undefined ? {} : { ticker }),
  })
}

/** Checks whether a request is a probe or a file, which are logged at level debug. */
function isQuiet(path: string): boolean {
  return isHealthPath(path) || (isFilePath(path) && !isApiPath(path))
}

/** Loads the metrics only when they are on: they are a tenth of all modules. */
async function loadMetrics(services: Services, mailCounts: MailSender['counts']) {
  const { createMetrics, metricsPrefix: prefix } = await import('./operations/metrics.ts')
  const { addMailMetrics } = await import('./operations/mail-metrics.ts')
  const metrics = createMetrics(services)
  addMailMetrics({ registry: metrics.registry, prefix }, services, mailCounts)
  return metrics
}
