import type { InlineConfig } from 'vitest/node'
import { vitestReport } from './vitest-report.ts'

/** What every package's vitest.config.ts shares. */
export const vitestBase = {
  environment: 'node',
  include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
  reporters: ['default', vitestReport()],
} satisfies InlineConfig
