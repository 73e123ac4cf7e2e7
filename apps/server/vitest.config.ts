import { defineConfig } from 'vitest/config'
import { vitestBase } from '../../tools/vitest-base.ts'

export default defineConfig({
  test: {
    ...vitestBase,
    name: 'server',
    globalSetup: '@latchkey/router/testing/run-of-tests',
    setupFiles: ['test/watch-answers.ts'],
    expect: { poll: { timeout: 20_000 } },
  },
})
