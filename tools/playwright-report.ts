import { resolve } from 'node:path'
import type { FullConfig, Reporter, Suite } from '@playwright/test/reporter'
import { reportFiles, writeTestReport } from './test-report.ts'
import type { TestReport } from './test-report.ts'

/** Counts a Playwright run. Playwright loads a reporter by its file, hence the default export. */
export default class PlaywrightReport implements Reporter {
  #suite: Suite | undefined
  #strayErrors = 0

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#suite = suite
  }

  onError(): void {
    this.#strayErrors += 1
  }

  onEnd(): void {
    const report: TestReport = { passed: 0, failed: this.#strayErrors, failedTests: [], skipped: [] }
    for (const test of this.#suite?.allTests() ?? []) {
      const outcome = test.outcome()
      const title = test.titlePath().filter(Boolean).join(' > ')
      if (outcome === 'skipped') {
        const reason = test.annotations.find(({ type }) => type === 'skip')?.description ?? title
        report.skipped.push({ test: title, reason })
      } else if (outcome === 'unexpected') {
        report.failed += 1
        report.failedTests.push(title)
      } else report.passed += 1
    }
    writeTestReport(resolve(reportFiles['test:e2e']), report)
  }
}
