import { availableParallelism } from 'node:os'
import type { InlineConfig } from 'vitest/node'
import { vitestReport } from './vitest-report.ts'

/** What every package's vitest.config.ts shares. */
export const vitestBase = {
  environment: 'node',
  include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
  // The suites of the packages run one after the other, so each takes the whole machine.
  maxWorkers: availableParallelism(),
  // Nothing waits that long; a busy machine may take it for what it does in a tenth of it.
  testTimeout: 60_000,
  hookTimeout: 60_000,
  reporters: ['default', vitestReport()],
} satisfies InlineConfig
