import { defineConfig } from '@playwright/test'

/**
 * The browser tests. The server and the browser are found and started by the fixtures in `e2e/setup/test.ts`.
 */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  forbidOnly: process.env['CI'] !== undefined,
  // Far more than an idle machine needs: a test that waits ends as soon as the page is there.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: '.cache/e2e-report.json' }]],
  use: {
    locale: 'en-GB',
    timezoneId: 'UTC',
    viewport: { width: 1100, height: 800 },
    trace: 'off',
    screenshot: 'only-on-failure',
    // No state of a page is judged in the middle of a transition.
    contextOptions: { reducedMotion: 'reduce' },
  },
})
