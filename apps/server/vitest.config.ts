import { defineConfig } from 'vitest/config'
import { vitestBase } from '../../tools/vitest-base.ts'

// Some tests start the server as a process of its own, which takes its time on a busy machine.
export default defineConfig({
  test: {
    ...vitestBase,
    name: 'server',
    setupFiles: ['test/watch-answers.ts'],
    testTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
  },
})
