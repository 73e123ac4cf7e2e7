import { defineConfig } from '@playwright/test'
import tests from './playwright.config.ts'

/**
 * In this folder: `npm run screenshots` makes pictures of every state of every page, for people to look at,
 * and `npm run pictures` those of the README.
 */
export default defineConfig({
  ...tests,
  testMatch: ['screenshots.ts', 'docs-pictures.ts'],
  outputDir: 'test-results/screenshots',
  reporter: 'list',
})
