import { createClient } from '@app/client'
import {
  cuttableProxy,
  freePort,
  migratedTestDatabase,
  missingRedis,
  openMailServer,
  startRedis,
} from '@app/router/testing'
import type { CuttableProxy, MailServer, RedisServer } from '@app/router/testing'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { bundledServer } from '../support/bundled-server.ts'
import { exampleProvider } from '../support/identities.ts'
import { startProxy } from '../support/reverse-proxy.ts'
import { startServer } from '../support/server-process.ts'
import type { ServerProcess } from '../support/server-process.ts'

/**
 * Three servers behind nginx, each a process that runs the bundle as operators do, with the settings of an
 * exposed server. They reach one database through a proxy that tests can disconnect.
 */
export interface Cluster extends AsyncDisposable {
  /** The proxy, for helpers that take a server. */
  readonly front: TestApp
  /**
   * Creates users for tests. It has the same secrets and the same database, but hashes at a low cost and
   * connects to the database directly.
   */
  readonly keeper: TestApp
  /** The addresses of the servers without the proxy. */
  readonly urls: readonly string[]
  /** The proxy between the servers and the database. */
  readonly cable: CuttableProxy
  /** Where the servers share limits; null when it is not installed. */
  readonly redis: RedisServer | null
  /** Where the servers send their mails. */
  readonly mailServer: MailServer
  /** What all servers have logged, also those that have ended, by server. */
  logs(): string[]
  kill(index: number): Promise<void>
  /** Stops a server as an operator does. @returns its exit code */
  stop(index: number): Promise<number | NodeJS.Signals>
  start(index: number): Promise<void>
}

const secret = 'a secret that only these three share'
const publicUrl = 'https://accounts.example.org'

/**
 * @param ownDatabase a migrated database that the servers reach directly. Default: a new one of the shared
 *   PostgreSQL
 */
export async function startCluster(ownDatabase?: string): Promise<Cluster> {
  await using begun = new AsyncDisposableStack()
  const database =
    ownDatabase === undefined ? begun.use(await migratedTestDatabase('postgres')) : { url: ownDatabase }
  const cable = begun.use(await cuttableProxy(database.url))
  const mailServer = begun.use(await openMailServer())
  const bundle = begun.use(await bundledServer())
  const redis = missingRedis() === '' ? begun.use(await startRedis()) : null
  const [port, ...ports] = await Promise.all([freePort(), freePort(), freePort(), freePort()])
  const allowedHosts = [`127.0.0.1:${port}`]
  const environment = {
    AUTH_SECRETS: secret,
    PUBLIC_URL: publicUrl,
    ALLOWED_HOSTS: allowedHosts.join(),
    TRUST_PROXY: '1',
    PASSWORD_HASH_COST: '10',
    // Three servers share the cores: with the default of 32 a log-in would wait for longer than 5 seconds.
    HASH_QUEUE: '2',
    DATABASE_URL: ownDatabase ?? cable.url,
    DATABASE_POOL_READ: '4',
    DATABASE_POOL_WRITE: '4',
    DRAIN_DELAY: '1s',
    LIMITS_STORE: redis?.url ?? 'memory',
    SMTP_URL: mailServer.url,
    MAIL_FROM: 'accounts@example.org',
    OIDC_GITHUB_CLIENT_ID: exampleProvider.clientId,
    OIDC_GITHUB_CLIENT_SECRET: exampleProvider.clientSecret,
  }
  const servers: ServerProcess[] = []
  const ended: string[] = ports.map(() => '')
  const start = async (index: number) => {
    const server = startServer({ ...environment, PORT: String(ports[index]) }, [], [bundle.program])
    servers[index] = server
    await server.until(/ is ready on /)
  }
  const end = async (index: number, signal: NodeJS.Signals) => {
    const server = servers[index]
    server?.child.kill(signal)
    const code = (await server?.ended()) ?? signal
    ended[index] += `${server?.out()}${server?.err()}`
    return code
  }
  begun.defer(async () => {
    for (const server of servers) await server[Symbol.asyncDispose]()
  })
  await Promise.all(ports.map((_, index) => start(index)))
  const addresses = ports.map((each) => `127.0.0.1:${each}`)
  const proxy = begun.use(await startProxy('nginx', port, addresses))
  const keeper = begun.use(
    await testApp({
      databaseUrl: database.url,
      host: { publicUrl, allowedHosts, trustProxy: 1 },
      settings: { authSecrets: [secret], providers: [exampleProvider] },
    }),
  )
  const { url } = proxy
  const stack = begun.move()
  return {
    front: {
      ...keeper,
      url,
      api: createClient(url),
      newClient: (options = {}) => createClient(url, options),
    },
    keeper,
    urls: addresses.map((address) => `http://${address}`),
    cable,
    redis,
    mailServer,
    logs: () => servers.map((server, index) => `${ended[index]}${server.out()}${server.err()}`),
    kill: async (index) => void (await end(index, 'SIGKILL')),
    stop: (index) => end(index, 'SIGTERM'),
    start,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}
