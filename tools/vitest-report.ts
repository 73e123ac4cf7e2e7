import { join } from 'node:path'
import type { Reporter, TestCase } from 'vitest/node'
import { reportFiles, writeTestReport } from './test-report.ts'
import type { TestReport } from './test-report.ts'

/**
 * Counts a vitest run. A file that could not be loaded and an error outside every test count as failures:
 * vitest's own totals of tests know neither. So does whatever a test lets through to `console.error` or
 * `console.warn`: a test that provokes an error catches its report too.
 */
export function vitestReport(): Reporter {
  let root = process.cwd()
  let complaints = 0
  return {
    onInit(vitest) {
      root = vitest.config.root
    },
    onTestRunStart() {
      complaints = 0
    },
    onUserConsoleLog(log) {
      if (log.type === 'stderr') complaints += 1
    },
    onTestRunEnd(modules, unhandledErrors) {
      const failed = unhandledErrors.length + complaints
      const report: TestReport = { passed: 0, failed, failedTests: [], skipped: [] }
      if (complaints > 0) {
        console.log(
          `${complaints} unexpected writes to console.error or console.warn, shown above: each is a failure`,
        )
        process.exitCode = 1
      }
      for (const module of modules) {
        const failedBefore = report.failed
        for (const test of module.children.allTests()) count(test, report)
        if (!module.ok() && report.failed === failedBefore) {
          report.failed += 1
          report.failedTests.push(module.relativeModuleId)
        }
      }
      writeTestReport(join(root, reportFiles.test), report)
    },
  }
}

function count(test: TestCase, report: TestReport): void {
  const result = test.result()
  if (result.state === 'passed') report.passed += 1
  else if (result.state === 'skipped') {
    // A group skipped as a whole carries no note: its own name has to say what was missing.
    const group = test.parent.type === 'suite' ? test.parent.fullName : test.fullName
    report.skipped.push({ test: test.fullName, reason: result.note ?? group })
  } else {
    report.failed += 1
    report.failedTests.push(`${test.module.relativeModuleId} > ${test.fullName}`)
  }
}
