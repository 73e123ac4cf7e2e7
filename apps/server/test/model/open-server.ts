import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import type { TestClock } from '../../src/testing/test-clock.ts'

const sessionTimeouts = {
  idleMs: 3_600_000,
  absoluteMs: 2 * 3_600_000,
  rememberedIdleMs: 14 * 24 * 3_600_000,
  rememberedAbsoluteMs: 30 * 24 * 3_600_000,
}

/** Opens a server with the settings of the model on an existing database. */
export function openServer(databaseUrl: string, clock: TestClock): Promise<TestApp> {
  return testApp({
    databaseUrl,
    clock,
    settings: { limits: 'relaxed', sessionTimeouts },
    host: { logLevel: 'error' },
    database: { poolSize: 1 },
  })
}
