import { describeOnPostgres, isInstalled, migratedTestDatabase, startPgBouncer } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { callAllAtOnce } from '../support/call-at-once.ts'
import { paths } from '../support/procedures.ts'

const hasPgBouncer = isInstalled('pgbouncer')

describeOnPostgres(`PgBouncer in transaction mode${hasPgBouncer ? '' : ' (not installed)'}`, () => {
  test.skipIf(!hasPgBouncer).each([
    ['rejects settings of a session', []],
    ['ignores them', ['ignore_startup_parameters = options']],
  ])('PgBouncer: where it %s, every procedure succeeds as without it', async (_name, lines) => {
    await using database = await migratedTestDatabase('postgres')
    await using bouncer = await startPgBouncer(database.url, lines)
    // Twice the connections that PgBouncer has to the server, so each transaction may get another one.
    await using app = await testApp({
      databaseUrl: bouncer.url,
      // Longer than all calls take one after another on a busy machine.
      database: { poolSize: 3, waitMs: 60_000 },
      settings: { limits: 'relaxed' },
    })
    const outcomes = await callAllAtOnce(app, 2)
    expect(outcomes).toEqual(Object.fromEntries(paths.map((path) => [path, ['200', '200']])))
  })
})
