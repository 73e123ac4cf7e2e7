import { defineConfig } from '@playwright/test'

import tests from './playwright.config.ts'

/** `npm run screenshots` in this folder: pictures of every state of every page, for people to look at. */
export default defineConfig({
  ...tests,
  testMatch: 'screenshots.ts',
  outputDir: 'test-results/screenshots',
  reporter: 'list',
})
