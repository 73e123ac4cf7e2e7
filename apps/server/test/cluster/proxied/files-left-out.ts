/**
 * Test files that do not run through the proxy on three servers, by the reason. All others run there;
 * `left-out.ts` names single tests of those. A file belongs here when few of its tests could run.
 */
export const filesLeftOut: Readonly<Record<string, readonly string[]>> = {
  'they start and end programs, or break their files': [
    'test/faults/*.test.ts',
    'test/model/*.test.ts',
    'test/operations/*.test.ts',
  ],
  'nginx changes, answers or refuses what they send, or they measure single connections': [
    'test/http/{admission,allowances,batches,bodies,client-address,connections}.test.ts',
    'test/http/{coalesced-writes,crowded-address,delayed-rejections,fair-starts,host-header,host-rules}.test.ts',
    'test/http/{load-shedding,long-texts,page-failures,plain-calls,queue-fairness,sent-forms}.test.ts',
    'test/http/{shared-connection,slow-clients,small-pieces,sockets,two-ports,unread-responses}.test.ts',
    'test/http/{rejected-requests,waiting-memory,web,well-known-files}.test.ts',
    'test/rest/{hostile-requests,protection}.test.ts',
    'test/security/bodies.test.ts',
    'test/tokens/headers.test.ts',
    'test/tutorial-api/hostile-requests.test.ts',
  ],
  'they use the database, documents or code, and no state that servers share': [
    'test/database/*.test.ts',
    'test/frozen/*.test.ts',
    'test/openapi/*.test.ts',
    'test/rest/routes.test.ts',
    'test/security/{declared-outputs,documented-security,documents-and-code}.test.ts',
    'test/security/{heavy-reads,source-inventory}.test.ts',
    'test/tokens/documented-tokens.test.ts',
  ],
  'each server counts alone without LIMITS_STORE': [
    'test/audit/{audit-allowance,event-bounds}.test.ts',
    'test/transports/same-limits.test.ts',
    'test/security/common-failures.test.ts',
    'test/throttle/{attacker-with-the-password,brute-force-from-one-address,every-limit}.test.ts',
    'test/throttle/shared-limits.test.ts',
    'test/tokens/limits.test.ts',
  ],
  'they replace a part or a setting of a server while it runs': [
    'test/audit/audit-undone.test.ts',
    // `login-methods` and `same-fields` use `validInput`, which replaces the providers of identities.
    'test/auth/login-methods.test.ts',
    'test/transports/{same-failures,same-fields}.test.ts',
    'test/identities/{unfinished-sign-up,without-passwords}.test.ts',
    'test/provocations/provocations.test.ts',
    'test/races/{actors,delayed-verifications}.test.ts',
    'test/security/{canaries,undeclared-failures,writers-take-turns}.test.ts',
    'test/sessions/ended-during-call.test.ts',
    'test/tutorial-api/same-as-trpc.test.ts',
  ],
  'they read the metrics, workers, streams or caches of one process': [
    'test/auth/hash-workers.test.ts',
    'test/identities/{hostile-answers,provider-metrics}.test.ts',
    'test/mail/{outage,sending}.test.ts',
    'test/notes/long-export.test.ts',
    'test/sessions/{client-streams,event-streams,same-streams-as-trpc,stream-checks,stream-totals}.test.ts',
    'test/throttle/password-spraying.test.ts',
  ],
}
