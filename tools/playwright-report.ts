import type { FullConfig, Reporter, Suite } from '@playwright/test/reporter'
import { writeTestReport } from './test-report.ts'

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
    const tests = (this.#suite?.allTests() ?? []).map((test) => ({
      outcome: test.outcome(),
      title: test.titlePath().filter(Boolean).join(' > '),
      reason: test.annotations.find(({ type }) => type === 'skip')?.description,
    }))
    const failedTests = tests.filter(({ outcome }) => outcome === 'unexpected').map(({ title }) => title)
    const skipped = tests
      .filter(({ outcome }) => outcome === 'skipped')
      .map(({ title, reason }) => reason ?? title)
    const passed = tests.length - failedTests.length - skipped.length
    const failed = failedTests.length + this.#strayErrors
    writeTestReport('.cache/e2e-report.json', { passed, failed, failedTests, skipped })
  }
}
