import { join } from 'node:path'
import type { Reporter, TestCase } from 'vitest/node'
import { writeTestReport } from './test-report.ts'

/**
 * Counts a vitest run. A file that cannot be loaded, an error outside every test, and a write to
 * `console.error` or `console.warn` are failures too.
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
    onUserConsoleLog({ type }) {
      if (type === 'stderr') complaints += 1
    },
    onTestRunEnd(modules, unhandledErrors) {
      if (complaints > 0) {
        console.log(`${complaints} unexpected writes to console.error or console.warn are failures`)
        process.exitCode = 1
      }
      const tests = modules.flatMap(({ children }) => [...children.allTests()])
      const inState = (state: string) => tests.filter((test) => test.result().state === state)
      const skipped = inState('skipped').map(reasonOf)
      const passed = inState('passed').length
      const failed = tests.filter((test) => !['passed', 'skipped'].includes(test.result().state))
      const broken = modules.filter(
        (module) => !module.ok() && failed.every((test) => test.module !== module),
      )
      const failedTests = [
        ...failed.map(({ module, fullName }) => `${module.relativeModuleId} > ${fullName}`),
        ...broken.map(({ relativeModuleId }) => relativeModuleId),
      ]
      const count = failedTests.length + unhandledErrors.length + complaints
      writeTestReport(join(root, '.cache/test-report.json'), { passed, failed: count, failedTests, skipped })
    },
  }
}

/** A group that is skipped as a whole has no note; its name is the reason. */
function reasonOf(test: TestCase): string {
  const result = test.result()
  const note = result.state === 'skipped' ? result.note : undefined
  return note ?? (test.parent.type === 'suite' ? test.parent.fullName : test.fullName)
}
