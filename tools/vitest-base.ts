import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { InlineConfig } from 'vitest/node'

/**
 * `npm test -- --quick`: without PostgreSQL, and without the suites that start other programs or repeat
 * themselves.
 */
export const isQuick = process.env['TEST_QUICK'] === '1'

/** What every package's vitest.config.ts shares. */
export const vitestBase = {
  environment: 'node',
  include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
  // Nothing here lives in a module, so files need no modules of their own: loading them took a quarter of the
  // time.
  isolate: false,
  // The suites of the packages run one after the other, so each takes the whole machine. Tests wait for
  // disks, databases and other processes a third of the time; a worker more than needed costs the loading of
  // all modules again.
  maxWorkers: availableParallelism() + 1,
  // Programs and threads that tests start are read and compiled once, not every time.
  env: { NODE_COMPILE_CACHE: fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url)) },
  // Nothing waits that long; a busy machine may take it for what it does in a tenth of it.
  testTimeout: 60_000,
  hookTimeout: 60_000,
  reporters: ['default', 'json'],
  outputFile: { json: '.cache/test-report.json' },
  // A test that provokes an error catches its report too.
  onConsoleLog(_log, type) {
    if (type !== 'stderr') return
    process.exitCode = 1
    console.log('Unexpected output to console.error or console.warn: the run fails.')
  },
} satisfies InlineConfig
