import { defineConfig } from '@playwright/test'
import tests from './playwright.config.ts'

/** `npm run screenshots` takes pictures of every state for review, `npm run pictures` those of the README,
 * `npm run icons` those of `public`. `npm run slow-line` measures the first paint on a slow connection. */
export default defineConfig({
  ...tests,
  testMatch: ['screenshots.ts', 'docs-pictures.ts', 'icons.ts', 'slow-line.ts'],
  outputDir: 'test-results/screenshots',
  reporter: 'list',
})
