import { defineConfig } from 'vitest/config'
import { isQuick, vitestBase } from '../../tools/vitest-base.ts'

export default defineConfig({
  test: {
    ...vitestBase,
    name: 'server',
    // Other processes, many racers, and what tries all of one kind: for the whole run.
    exclude: isQuick
      ? [
          'test/{faults,model,races,security}/**',
          'test/account/long-export.test.ts',
          'test/auth/hash-workers.test.ts',
          'test/http/slow-clients.test.ts',
          'test/notes/large-notes.test.ts',
          'test/operations/{dev,rolling-restart,starting,stopping,two-processes,watch-mode}.test.ts',
          'test/sessions/ended-during-call.test.ts',
        ]
      : [],
    globalSetup: '@app/router/testing/run-of-tests',
    setupFiles: ['test/support/check-declared-failures.ts'],
    expect: { poll: { timeout: 50_000 } },
  },
})
