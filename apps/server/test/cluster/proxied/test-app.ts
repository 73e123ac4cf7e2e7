import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { createClient } from '@app/client'
import { freePort, migratedTestDatabase, temporaryFolder } from '@app/router/testing'
import { testApp as singleApp } from '@app/server/testing'
import type { TestApp, TestAppOptions } from '@app/server/testing'
import { startProxy } from '../../support/reverse-proxy.ts'
import { orderAll, processCount } from './server-processes.ts'
import type { TickerName } from './server-processes.ts'
import { sharedClock } from './shared-clock.ts'
import type { SharedClock } from './shared-clock.ts'
import { sharedLog } from './shared-log.ts'
import { sharedServices, skipIfLeftOut, skipTest } from './shared-services.ts'

/**
 * Takes the place of `src/testing/test-app.ts` in tests through the proxy: three servers behind nginx, each
 * in its own process, with one PostgreSQL. `url` is that of the proxy. `services` are those of a fourth
 * server in this process, without requests.
 */
export async function testApp(options: TestAppOptions = {}): Promise<TestApp> {
  skipIfLeftOut()
  const { databaseKind: _, clock: givenClock, databaseUrl: givenUrl, host, database, ...others } = options
  if (hasFunction({ ...others, database })) skipTest('replaces a part of the server by a function')
  await using begun = new AsyncDisposableStack()
  const folder = begun.use(temporaryFolder())
  // Sound: the apps of these tests have no other clock.
  const clock =
    (givenClock as SharedClock | undefined) ??
    begun.use(sharedClock(path.join(folder.path, 'clock'), Date.now()))
  const databaseUrl = givenUrl ?? begun.use(await migratedTestDatabase('postgres')).url
  const port = host?.port ?? (await freePort())
  const logFile = path.join(folder.path, 'log')
  const log = sharedLog(logFile)
  // On the port of the proxy, so that each server knows itself by the names of the proxy.
  const addresses = Array.from({ length: processCount + 1 }, (_value, index) => `127.0.1.${index + 1}`)
  const optionsOf = (address: string | undefined): TestAppOptions => ({
    ...others,
    host: { ...host, ...behindProxy(host?.trustProxy), ...(address === undefined ? {} : { host: address }) },
    listenPort: port,
    databaseUrl,
    database: { poolSize: 2, ...database },
  })
  const keeper = begun.use(
    await singleApp({ ...optionsOf(addresses[processCount]), clock, log, sendsMail: false }),
  )
  const app = randomUUID()
  const close = (deadlineMs?: number) => orderAll(() => ({ app, kind: 'close', deadlineMs }))
  begun.defer(() => close(0))
  await orderAll((index) => ({
    app,
    kind: 'open',
    options: optionsOf(addresses[index]),
    clockFile: clock.file,
    logFile,
  }))
  const upstream = addresses.slice(0, processCount).map((address) => `${address}:${port}`)
  const { url } = begun.use(await startProxy('nginx', port, upstream))
  const newClient: TestApp['newClient'] = (clientOptions = {}) => createClient(url, clientOptions)
  const ticks: Promise<void>[] = []
  begun.defer(async () => void (await Promise.all(ticks)))
  const tickerOf = (ticker: TickerName) => ({
    ticker: keeper[ticker].ticker,
    tick: () => {
      const tick = orderAll(() => ({ app, kind: 'tick', ticker }))
      // Reported at the end of the app.
      tick.catch(() => undefined)
      ticks.push(tick)
    },
    get listeners() {
      return skipTest('counts the listeners of one process')
    },
  })
  const stack = begun.move()
  return {
    ...keeper,
    url,
    get metricsUrl() {
      return skipTest('reads the metrics of one process')
    },
    services: sharedServices(keeper.services),
    api: newClient(),
    newClient,
    ticker: tickerOf('ticker'),
    mailTicker: tickerOf('mailTicker'),
    pingTicker: tickerOf('pingTicker'),
    close,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

/** Whether there is an option that no message to another process can have. */
function hasFunction(options: object): boolean {
  const isFunction = (value: unknown): boolean =>
    typeof value === 'function' ||
    (typeof value === 'object' && value !== null && Object.values(value).some(isFunction))
  return isFunction(options)
}

/** A server that trusts proxies trusts one more. */
function behindProxy(trustProxy = 0): { trustProxy?: number } {
  return trustProxy === 0 ? {} : { trustProxy: trustProxy + 1 }
}
