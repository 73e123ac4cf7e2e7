import { describeOnEach } from '@app/router/testing'
import fc from 'fast-check'
import { test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { lockoutCommands } from './lockout-commands.ts'
import { playLockout } from './play-lockout.ts'

const seed = Number(process.env['TEST_MODEL_SEED'] ?? 20_261_128)
const runs = Number(process.env['TEST_MODEL_RUNS'] ?? 8)

describeOnEach('password guesses at an account', (databaseKind) => {
  const timeout = 180_000 + runs * 2_000
  test(`never refuses its owner on a known browser, in ${runs} random runs`, { timeout }, async () => {
    await using app = await testApp({
      databaseKind,
      host: { trustProxy: 1 },
      settings: { hashConcurrency: 8 },
    })
    let run = 0
    const property = fc.asyncProperty(lockoutCommands, (steps) => playLockout(app, (run += 1), steps))
    await fc.assert(property, { numRuns: runs, seed })
  })
})
