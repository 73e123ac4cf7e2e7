import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** What a test run of either runner leaves for tools/test.mjs. */
export interface TestReport {
  passed: number
  /** Tests that failed, and files and errors outside every test. */
  failed: number
  /** The names of those that have one. */
  failedTests: string[]
  /** The reason of each skipped test. The runners' own JSON has none. */
  skipped: string[]
}

/** Where a suite reports, by task; turbo keeps the file with a cached run and restores it on a hit. */
export const reportFiles: Record<string, string> = {
  test: '.cache/test-report.json',
  'test:e2e': '.cache/e2e-report.json',
  'test:tools': 'tools/.cache/test-report.json',
  'test:guides': 'tools/guides/.cache/test-report.json',
}

export function writeTestReport(file: string, report: TestReport): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(report))
}
