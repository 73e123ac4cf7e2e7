import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { reportFiles } from './test-report.ts'
import type { TestReport } from './test-report.ts'

/** Of turbo's run summary. */
interface Task {
  taskId: string
  task: string
  command: string
  directory: string
  execution?: { exitCode?: number }
}

/**
 * Adds up the suites that turbo ran or restored. A suite without a report, or with a bad exit and no failure
 * in its report, counts as one failure. So does a skip of what is required, found by its reason.
 */
export function sumSuites(root: string, tasks: Task[], required: Record<string, RegExp>) {
  const sum = { passed: 0, failed: 0, skipped: 0, notes: [] as string[] }
  for (const { taskId, task, command, directory, execution } of tasks) {
    const reportFile = reportFiles[task]
    if (!reportFile || command === '<NONEXISTENT>') continue
    const file = join(root, directory, reportFile)
    const report: TestReport = existsSync(file)
      ? JSON.parse(readFileSync(file, 'utf8'))
      : { passed: 0, failed: 0, failedTests: ['wrote no report'], skipped: [] }
    const isCrashed = report.failed === 0 && (!existsSync(file) || execution?.exitCode !== 0)
    const failed = isCrashed ? 1 : report.failed
    sum.passed += report.passed
    sum.failed += failed
    sum.skipped += report.skipped.length
    if (failed > 0) sum.notes.push(`failed: ${failed} in ${taskId}`)
    sum.notes.push(...report.failedTests.slice(0, 20).map((name) => `  ${name}`))
    for (const [reason, { length }] of Map.groupBy(report.skipped, (each) => each)) {
      const need = Object.entries(required).find(([, pattern]) => pattern.test(reason))?.[0]
      if (need) sum.failed += 1
      const prefix = need ? `failed: ${need} is required, but ` : ''
      sum.notes.push(`${prefix}skipped: ${length} in ${taskId}: ${reason}`)
    }
  }
  return sum
}
