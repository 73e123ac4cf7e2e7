import { createClient } from '@app/client'
import type { Client, ClientOptions } from '@app/client'
import { createHashWorkers, readAccountSettings } from '@app/router'
import type { AccountSettings, Hasher, Services } from '@app/router'
import { migratedTestDatabase } from '@app/router/testing'
import type { TestDatabase } from '@app/router/testing'
import type { Config } from '../config/config.ts'
import { createApp } from '../create-app.ts'
import type { AppPorts } from '../create-app.ts'
import { testClock } from './test-clock.ts'
import type { TestClock } from './test-clock.ts'
import { testLog } from './test-log.ts'
import type { TestLog } from './test-log.ts'
import { testTicker } from './test-ticker.ts'
import type { TestTicker } from './test-ticker.ts'

export interface TestAppOptions extends Pick<
  AppPorts,
  'machineClock' | 'database' | 'sockets' | 'connections' | 'inFlightBytes' | 'answersAllByTrpc' | 'routes'
> {
  /** Account settings that differ from the defaults (and from the cheap hash of tests). */
  settings?: Partial<Omit<AccountSettings, 'databaseUrl'>>
  /** Settings of the host that differ from the defaults. */
  host?: Partial<Omit<Config, 'accounts'>>
  /** The port to open, with the cookie names of a server that opens any port. Default: any port. */
  listenPort?: number
  databaseKind?: TestDatabase['kind']
  /** A clock shared with another app. Default: a new one, stopped at the present time. */
  clock?: TestClock
  /** A log shared with another app. Default: a new one. */
  log?: TestLog
  /** The migrated database of another app, which must live longer. Default: a new one. */
  databaseUrl?: string
  /**
   * Hashes passwords; `own` uses the server's workers. Default: a worker that all apps of this process share,
   * because starting one takes time.
   */
  hasher?: Hasher | 'own'
  /**
   * Whether mails are sent. Default: whether `settings.smtp` is set, so that other tests see them in the
   * outbox.
   */
  sendsMail?: boolean
  /**
   * Whether event streams report changes by other processes before `ticker` ticks. Default: false, which
   * saves a connection.
   */
  sharesNews?: boolean
  /** A built web app. Default: none. */
  webFolder?: string
}

/** A whole server on its own port, with its own database, clock and log, closed at the end of the block. */
export interface TestApp extends AsyncDisposable {
  /** Without a path: `http://127.0.0.1:49152`. */
  readonly url: string
  /** Null unless `host.metricsPort` is set. */
  readonly metricsUrl: string | null
  readonly databaseUrl: string
  /** A client with a cookie jar of its own: one device. */
  readonly api: Client
  newClient(options?: ClientOptions): Client
  readonly clock: TestClock
  /** Makes open streams read their sessions again; never ticks without a test. */
  readonly ticker: TestTicker
  /** Makes the sender look for mails that wait. A call that queues a mail wakes it, too. */
  readonly mailTicker: TestTicker
  /** Makes open streams send a ping. */
  readonly pingTicker: TestTicker
  readonly log: TestLog
  readonly services: Services
  /** Stops the server as a signal would. Disposing does it too. */
  close(deadlineMs?: number): Promise<void>
}

/**
 * Starts the server as `main.ts` does, except for the hash cost, the clock, the ticker and the durability of
 * commits: `await using app = await testApp()`. At the end of the block an unexpected line at error level
 * fails the test.
 */
export async function testApp(options: TestAppOptions = {}): Promise<TestApp> {
  const {
    settings = {},
    host,
    listenPort,
    databaseKind = 'sqlite',
    clock = testClock(Date.now()),
    log = testLog(),
    databaseUrl,
    hasher = sharedWorker,
    sendsMail = (settings.smtp ?? null) !== null,
    database: databaseOptions,
    ...ports
  } = options
  const database =
    databaseUrl === undefined ? await migratedTestDatabase(databaseKind) : borrowed(databaseUrl)
  const ticker = testTicker()
  const mailTicker = testTicker()
  const pingTicker = testTicker()
  const config = {
    ...hostDefaults,
    port: 0,
    ...host,
    accounts: { ...structuredClone(accountDefaults), databaseUrl: database.url, ...settings },
  }
  const app = await createApp(config, {
    sharesNews: false,
    webFolder: '/nowhere',
    ...ports,
    ...(ports.machineClock === undefined ? { clock: clock.now } : {}),
    ticker: ticker.ticker,
    mailTicker: sendsMail ? mailTicker.ticker : 'never',
    pingTicker: pingTicker.ticker,
    ...(hasher === 'own' ? {} : { hasher }),
    logTo: log,
    // On a busy machine fast work takes long; tests of the wait set its limit.
    limitsPatienceMs: 20_000,
    database: { durable: false, poolSize: 4, waitMs: 20_000, ...databaseOptions },
  })
  config.port = listenPort ?? config.port
  const { port, metricsUrl } = await app.listen().catch(async (error: unknown) => {
    // It may be partly open.
    await app.close(0)
    await database[Symbol.asyncDispose]()
    throw error
  })
  const url = `http://127.0.0.1:${port}`
  const newClient = (clientOptions: ClientOptions = {}) => createClient(url, clientOptions)
  return {
    url,
    metricsUrl,
    databaseUrl: database.url,
    api: newClient(),
    newClient,
    clock,
    ticker,
    mailTicker,
    pingTicker,
    log,
    services: app.services,
    close: app.close,
    async [Symbol.asyncDispose]() {
      await app.close(0)
      await database[Symbol.asyncDispose]()
      log.assertCalm()
    },
  }
}

// Starts with the first hash; keeps no process alive; has normal priority, because other tests run at the
// same time.
const sharedWorker = createHashWorkers({ threads: 1, niceness: 0 })

function borrowed(url: string): AsyncDisposable & { readonly url: string } {
  return { url, [Symbol.asyncDispose]: async () => undefined }
}

const hostDefaults: Omit<Config, 'accounts' | 'port'> = {
  host: '127.0.0.1',
  publicUrl: null,
  allowedOrigins: [],
  allowedHosts: [],
  cookieSameSite: 'lax',
  trustProxy: 0,
  proxyAddresses: [],
  securityContact: [],
  servesApiDocs: true,
  metricsPort: null,
  keepAliveMs: 75_000,
  drainDelayMs: 0,
  logLevel: 'debug',
}

/** Read once, because checking them takes longer than copying them. Tests change those of their server. */
const accountDefaults = readAccountDefaults()

function readAccountDefaults(): AccountSettings {
  const { settings, problems } = readAccountSettings({
    AUTH_SECRETS: 'a secret that only these tests share',
    PASSWORD_HASH_COST: '4',
    SIGNUP: 'open',
  })
  if (settings === null) throw new Error(problems.join('\n'))
  return settings
}
