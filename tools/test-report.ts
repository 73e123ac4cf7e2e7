import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** What a test run leaves behind for tools/test.mjs, whichever runner wrote it. */
export interface TestReport {
  passed: number
  /** Tests that failed, and files and errors outside every test. */
  failed: number
  /** The names of those that have one. */
  failedTests: string[]
  /** Each skipped test with the reason its author gave. */
  skipped: { test: string; reason: string }[]
}

/** Where a suite reports, by task; turbo keeps the file with a cached run and restores it on a hit. */
export const reportFiles = {
  test: '.cache/test-report.json',
  'test:e2e': '.cache/e2e-report.json',
  'test:tools': 'tools/.cache/test-report.json',
  'test:guides': 'tools/guides/.cache/test-report.json',
}

export function writeTestReport(file: string, report: TestReport): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(report))
}
