import { defineConfig } from 'vitest/config'
import { isQuick, vitestBase } from '../../tools/vitest-base.ts'

/** Other processes, long waits, other ways to make the same calls, and what tries all of a kind. */
const notQuick = [
  'test/{faults,model,provocations,races,security}/**',
  'test/audit/{audit-undone,event-bounds}.test.ts',
  'test/auth/{breached-passwords,hash-workers,login-methods}.test.ts',
  'test/database/query-plans.test.ts',
  'test/emails/{known-addresses,races}.test.ts',
  'test/factors/{bad-input,factor-reset,factor-throttle,session-paths}.test.ts',
  'test/http/{admission,crowded-address,long-texts,plain-calls}.test.ts',
  'test/http/{queue-fairness,slow-clients,unread-responses}.test.ts',
  'test/identities/{hostile-answers,without-passwords}.test.ts',
  'test/mail/{link-mail-limits,outage}.test.ts',
  'test/notes/{large-notes,long-export,note-races,page-garbage}.test.ts',
  'test/openapi/{answers,compare-surfaces,document,serving}.test.ts',
  'test/operations/{bundle,dev,dev-edits,dev-watch,health,metrics,rolling-restart}.test.ts',
  'test/operations/{starting,stopping,two-processes,watch-mode}.test.ts',
  'test/passkeys/{malformed,races,wrong-answers}.test.ts',
  'test/plain-pages/**',
  'test/recovery/{links,request}.test.ts',
  'test/rest/{hostile-requests,protection,query-strings}.test.ts',
  'test/sessions/{ended-during-call,same-streams-as-trpc,stream-totals}.test.ts',
  'test/throttle/**',
  'test/tokens/{admin-tokens,documented-tokens,races}.test.ts',
  'test/transports/same-*.test.ts',
  'test/tutorial-api/**',
  'test/users/last-admin.test.ts',
]

export default defineConfig({
  test: {
    ...vitestBase,
    name: 'server',
    exclude: [
      // See vitest.cluster.config.ts.
      'test/cluster/**',
      ...(isQuick ? notQuick : []),
    ],
    globalSetup: '@app/router/testing/run-of-tests',
    setupFiles: ['test/support/check-declared-failures.ts'],
  },
})
