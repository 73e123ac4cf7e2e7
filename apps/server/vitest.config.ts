import { defineConfig } from 'vitest/config'
import { vitestBase } from '../../tools/vitest-base.ts'

export default defineConfig({
  test: {
    ...vitestBase,
    name: 'server',
    // Nothing here lives in a module, so files need no modules of their own: loading them takes a quarter of the time.
    isolate: false,
    globalSetup: '@latchkey/router/testing/run-of-tests',
    setupFiles: ['test/watch-answers.ts'],
    expect: { poll: { timeout: 20_000 } },
  },
})
