import { describeOnPostgres } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { callAllAtOnce } from '../support/call-at-once.ts'
import { paths } from '../support/procedures.ts'

describeOnPostgres('pools of one connection', () => {
  // A call that took a second connection while it has one would wait for itself, until UNAVAILABLE.
  test('pools of one connection: every procedure succeeds, all at once', async () => {
    await using app = await testApp({
      databaseKind: 'postgres',
      // Longer than all calls take one after another on a busy machine.
      database: { poolSize: 1, waitMs: 60_000 },
      settings: { limits: 'relaxed' },
    })
    const outcomes = await callAllAtOnce(app, 2)
    expect(outcomes).toEqual(Object.fromEntries(paths.map((path) => [path, ['200', '200']])))
  })
})
