import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import {
  describeOnEach,
  describeOnPostgres,
  emptyTestDatabase,
  lockTable,
  routeTo,
  waitingLocks,
} from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { post } from '../support/raw-call.ts'

async function probe(url: string, path: string): Promise<[number, string]> {
  const response = await fetch(url + path)
  return [response.status, (await response.text()).trim()]
}

describeOnEach('health', (databaseKind) => {
  test('answers 200 while the server is ready', async () => {
    await using app = await testApp({ databaseKind })
    expect(await probe(app.url, '/livez')).toEqual([200, 'alive'])
    expect(await probe(app.url, '/readyz')).toEqual([200, 'ready'])
    const head = await fetch(`${app.url}/readyz`, { method: 'HEAD' })
    expect([head.status, head.headers.get('cache-control')]).toEqual([200, 'no-store'])
  })

  test('names the database that does not answer; the process stays alive', async () => {
    await using app = await testApp({ databaseKind })
    await app.services.db.close()
    expect(await probe(app.url, '/readyz')).toEqual([503, 'database'])
    expect(await probe(app.url, '/livez')).toEqual([200, 'alive'])
  })

  test('names missing migrations', async () => {
    await using empty = await emptyTestDatabase(databaseKind)
    await using app = await testApp({ databaseUrl: empty.url })
    expect(await probe(app.url, '/readyz')).toEqual([503, 'migrations'])
  })
})

describeOnPostgres('health', () => {
  test('names a database that accepts only reads', async () => {
    await using app = await testApp({ databaseKind: 'postgres' })
    await routeTo(app.databaseUrl, 'standby')
    expect(await probe(app.url, '/readyz')).toEqual([503, 'database'])
    await routeTo(app.databaseUrl, 'primary')
    expect(await probe(app.url, '/readyz')).toEqual([200, 'ready'])
  })

  test('stays ready while all writers wait for a locked table', async () => {
    const writers = 2
    await using patient = await testApp({ databaseKind: 'postgres' })
    const { databaseUrl } = patient
    const users = await Promise.all(Array.from({ length: 6 }, () => newUser(patient)))
    // Another server, because a commit of the last second shows that its own database accepts writes.
    await using app = await testApp({ databaseUrl, database: { poolSize: writers } })
    let logouts: Promise<unknown[]>
    {
      await using _locked = await lockTable(databaseUrl, 'audit_events')
      logouts = Promise.all(users.map(({ cookie }) => post(app.url, 'auth.logout', {}, cookie)))
      await expect.poll(() => waitingLocks(databaseUrl)).toBe(writers)
      expect(await probe(app.url, '/readyz')).toEqual([200, 'ready'])
    }
    expect(await logouts).toEqual(users.map(() => expect.objectContaining({ status: 200 })))
  })
})

test('health: does not wait for a database that accepts connections and sends nothing', async () => {
  const silent = createServer().listen(0, '127.0.0.1')
  await once(silent, 'listening')
  // A TCP server has an address object, not the name of a pipe.
  const { port } = silent.address() as AddressInfo
  {
    await using app = await testApp({
      databaseUrl: `postgres://ada@127.0.0.1:${port}/app`,
      database: { waitMs: 15_000 },
    })
    const startedAt = performance.now()
    const answers = await Promise.all(Array.from({ length: 20 }, () => probe(app.url, '/readyz')))
    expect(new Set(answers.map(String))).toEqual(new Set(['503,database']))
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  }
  silent.close()
})
