import { defineConfig } from 'vitest/config'
import { isQuick, vitestBase } from '../../tools/vitest-base.ts'

export default defineConfig({
  test: {
    ...vitestBase,
    name: 'server',
    // Other processes, long waits, many racers, and what tries all of one kind: for the whole run.
    exclude: [
      // See vitest.cluster.config.ts.
      'test/cluster/**',
      ...(isQuick
        ? [
            'test/{faults,model,races,security}/**',
            'test/database/query-plans.test.ts',
            'test/doors/same-*.test.ts',
            'test/tutorial-api/same-as-trpc.test.ts',
            'test/identities/hostile-answers.test.ts',
            'test/notes/{large-notes,long-export}.test.ts',
            'test/auth/hash-workers.test.ts',
            'test/http/{crowded-address,long-texts,plain-calls,slow-clients,unread-responses}.test.ts',
            'test/mail/outage.test.ts',
            'test/operations/{bundle,dev,health,rolling-restart,starting,stopping,two-processes,watch-mode}.test.ts',
            'test/sessions/{ended-during-call,same-streams-as-trpc}.test.ts',
            'test/throttle/{every-limit,shared-limits}.test.ts',
          ]
        : []),
    ],
    globalSetup: '@app/router/testing/run-of-tests',
    setupFiles: ['test/support/check-declared-failures.ts'],
  },
})
