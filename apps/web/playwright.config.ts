import { availableParallelism } from 'node:os'
import { defineConfig } from '@playwright/test'
import { temporaryFolder } from '../../tools/temporary-folder.ts'

process.env['TMPDIR'] = temporaryFolder()

/** The browser tests. The fixtures in `e2e/setup/test.ts` start the server and the browser. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  // A test waits for timers and answers a third of the time or more, so one worker more than cores keeps the
  // cores busy.
  workers: availableParallelism() + 1,
  forbidOnly: process.env['CI'] !== undefined,
  // Far more than an idle machine needs. Waits end as soon as their condition is true.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: '.cache/e2e-report.json' }]],
  use: {
    locale: 'en-GB',
    timezoneId: 'UTC',
    viewport: { width: 1100, height: 800 },
    trace: 'off',
    screenshot: 'only-on-failure',
    // No assertion runs in the middle of a transition.
    contextOptions: { reducedMotion: 'reduce' },
  },
})
