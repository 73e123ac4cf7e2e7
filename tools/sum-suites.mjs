import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { reportFiles } from './test-report.ts'

/** Of the tests that failed in a suite. */
const mostNames = 20

/**
 * @typedef {{ taskId: string, task: string, command: string, directory: string,
 *   execution?: { exitCode?: number } }} Task
 */

/**
 * Adds up the suites that turbo ran or restored. A suite without a report, or with a bad exit and no failure
 * in its report, counts as one failure: a crash must not look like a short run.
 *
 * @param {string} root the repository
 * @param {Task[]} tasks of turbo's run summary
 * @param {Record<string, RegExp>} required what must not be skipped, and the reasons that tell it was
 */
export function sumSuites(root, tasks, required) {
  const sum = { passed: 0, failed: 0, skipped: 0, notes: /** @type {string[]} */ ([]) }
  for (const { taskId, task, command, directory, execution } of tasks) {
    const reportName = Object.entries(reportFiles).find(([name]) => name === task)?.[1]
    if (!reportName || command === '<NONEXISTENT>') continue
    const file = join(root, directory, reportName)
    if (!existsSync(file)) {
      sum.failed += 1
      sum.notes.push(`failed: ${taskId} wrote no report`)
      continue
    }
    /** @type {import('./test-report.ts').TestReport} */
    const report = JSON.parse(readFileSync(file, 'utf8'))
    const crashed = execution?.exitCode !== 0 && report.failed === 0 ? 1 : 0
    sum.passed += report.passed
    sum.failed += report.failed + crashed
    sum.skipped += report.skipped.length
    if (report.failed + crashed > 0) sum.notes.push(`failed: ${report.failed + crashed} in ${taskId}`)
    for (const name of report.failedTests.slice(0, mostNames)) sum.notes.push(`  ${name}`)
    if (report.failedTests.length > mostNames) sum.notes.push('  and others, see above')
    for (const [reason, count] of countBy(report.skipped)) {
      const need = Object.entries(required).find(([, pattern]) => pattern.test(reason))?.[0]
      if (need) sum.failed += 1
      sum.notes.push(
        `${need ? `failed: ${need} is required, but ` : ''}skipped: ${count} in ${taskId}: ${reason}`,
      )
    }
  }
  return sum
}

/**
 * @param {{ reason: string }[]} skipped
 * @returns {Map<string, number>}
 */
function countBy(skipped) {
  /** @type {Map<string, number>} */
  const counts = new Map()
  for (const { reason } of skipped) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return counts
}
