import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { InlineConfig } from 'vitest/node'
import { temporaryFolder } from './temporary-folder.ts'

/**
 * `npm test -- --quick`: without PostgreSQL, and without the tests that start other programs or repeat others
 * (decision 119).
 */
export const isQuick = process.env['TEST_QUICK'] === '1'

/** The settings that every package's vitest.config.ts shares. */
export const vitestBase = {
  environment: 'node',
  include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
  // Modules have no state, so test files can share them. Loading them for each file took a quarter of the
  // time.
  isolate: false,
  // A suite may use the whole machine. Tests wait for disks, databases and other processes a third of the
  // time, so one worker more than cores keeps the cores busy. Each further one loads all modules again.
  maxWorkers: availableParallelism() + 1,
  env: {
    // Programs and threads that tests start are compiled once, not at each start.
    NODE_COMPILE_CACHE: fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url)),
    TMPDIR: temporaryFolder(),
  },
  // No test waits this long. It allows a slow and busy machine thirty times the usual duration.
  testTimeout: 180_000,
  hookTimeout: 180_000,
  // Beyond it vitest leaves the databases of the run behind.
  teardownTimeout: 180_000,
  // Polls end as soon as their condition is true. The default of a second fails on a busy machine.
  expect: { poll: { timeout: 50_000 } },
  reporters: ['default', 'json'],
  outputFile: { json: '.cache/test-report.json' },
  // A test that provokes an error must also catch its output.
  onConsoleLog(_log, type) {
    if (type !== 'stderr') return
    process.exitCode = 1
    console.log('Unexpected output to console.error or console.warn: the run fails.')
  },
} satisfies InlineConfig
