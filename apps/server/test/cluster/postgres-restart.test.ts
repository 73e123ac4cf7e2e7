import { setTimeout as sleep } from 'node:timers/promises'
import { migrateDatabase } from '@app/router'
import { missingOwnPostgres, startOwnPostgres } from '@app/router/testing'
import type { OwnPostgres } from '@app/router/testing'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { missing } from '../support/reverse-proxy.ts'
import { startCluster } from './cluster.ts'
import type { Cluster } from './cluster.ts'
import { expectNoLoss, withinRecovery } from './expect-figures.ts'
import { fetchFromAddresses } from './fetch-from-addresses.ts'
import { startLoad, untilServed } from './load.ts'

// Only Linux lets each request come from another address of 127.0.0.0/8.
const why =
  process.platform === 'linux' ? missing('nginx') || missingOwnPostgres() : ' (skipped: not on Linux)'
const busyMs = 3_000
const goneMs = 3_000

describe.skipIf(why !== '')(`three servers on a PostgreSQL of their own${why}`, () => {
  const stack = new AsyncDisposableStack()
  let postgres: OwnPostgres
  let cluster: Cluster

  beforeAll(async () => {
    stack.defer(() => void vi.unstubAllGlobals())
    vi.stubGlobal('fetch', fetchFromAddresses())
    postgres = stack.use(await startOwnPostgres())
    await migrateDatabase(postgres.url)
    cluster = stack.use(await startCluster(postgres.url))
  })
  afterAll(() => stack.disposeAsync())

  const loggedErrors = () =>
    cluster
      .logs()
      .join('')
      .match(/"level":"error".*/g) ?? []

  test.for([
    ['a restart', 'fast'],
    ['a crash, with recovery', 'immediate'],
  ] as const)(
    '%s of PostgreSQL under load: nothing confirmed is lost, no error is logged',
    async ([, mode], context) => {
      const errorsBefore = loggedErrors()
      const load = await startLoad(cluster, { writers: 6, visitors: 2 })
      await sleep(busyMs)
      await postgres.stop(mode)
      await sleep(goneMs)
      await postgres.start()
      const back = withinRecovery(await untilServed(cluster, load.idle))
      await sleep(busyMs)
      await expectNoLoss(context, { urls: cluster.urls, load }, { 'service back after (ms)': back })
      const { ok, UNAVAILABLE, ...others } = load.answers
      expect(others).toEqual({})
      expect(Math.min(ok ?? 0, UNAVAILABLE ?? 0)).toBeGreaterThan(100)
      expect(loggedErrors()).toEqual(errorsBefore)
    },
  )
})
