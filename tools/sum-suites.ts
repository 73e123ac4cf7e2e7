import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { JSONReport, JSONReportSuite } from '@playwright/test/reporter'
import type { JsonTestResults } from 'vitest/node'

/** The report file of a suite, by task. Turbo caches it with the run and restores it on a cache hit. */
export const reportFiles: Record<string, string> = {
  test: '.cache/test-report.json',
  'test:cluster': '.cache/cluster-report.json',
  'test:e2e': '.cache/e2e-report.json',
  'test:tools': 'tools/.cache/test-report.json',
  'test:guides': 'tools/guides/.cache/test-report.json',
}

/** What a run can require, by what the reason of a test says that was skipped because it is missing. */
export const missingReasons = {
  // Of describe-on-each.ts. The names of blocks on PostgreSQL contain "(PostgreSQL)" in any case.
  PostgreSQL: /\(PostgreSQL: no server/,
  'a browser': /\bno browser\b/,
}

/** A task in turbo's run summary. */
interface Task {
  taskId: string
  task: string
  command: string
  directory: string
  execution?: { exitCode?: number }
}

export interface Outcome {
  name: string
  status: string
  /** Why it was skipped. */
  reason?: string | undefined
  /** Why it failed. */
  message?: string | undefined
}

/**
 * Adds up the suites that turbo ran or restored. A suite without a report, or with a bad exit and no failure
 * in its report, counts as one failure. So does a skipped test that is required; its reason identifies it.
 */
export function sumSuites(root: string, tasks: Task[], required: Record<string, RegExp>) {
  const sum = { passed: 0, failed: 0, skipped: 0, notes: [] as string[] }
  for (const { taskId, task, command, directory, execution } of tasks) {
    const reportFile = reportFiles[task]
    if (!reportFile || command === '<NONEXISTENT>') continue
    const file = join(root, directory, reportFile)
    const isReported = existsSync(file)
    const outcomes = isReported ? readOutcomes(file, join(root, directory)) : []
    const named = outcomes.filter(({ status }) => ['failed', 'unexpected'].includes(status))
    const skipped = outcomes.filter(({ status }) => ['skipped', 'pending', 'todo'].includes(status))
    const isCrashed = named.length === 0 && (!isReported || execution?.exitCode !== 0)
    const crash: Outcome = {
      name: isReported ? 'an error outside of tests, or console output' : 'no report',
      status: 'failed',
    }
    const failed = isCrashed ? [crash] : named
    sum.passed += outcomes.length - named.length - skipped.length
    sum.failed += failed.length
    sum.skipped += skipped.length
    if (failed.length > 0) sum.notes.push(`failed: ${failed.length} in ${taskId}`)
    for (const { name, message } of failed.slice(0, 20))
      sum.notes.push(`  ${name}`, ...shorten(message ?? '').map((line) => `    ${line}`))
    for (const [reason, { length }] of Map.groupBy(skipped, ({ name, reason: given }) => given ?? name)) {
      const need = Object.entries(required).find(([, pattern]) => pattern.test(reason))?.[0]
      if (need) sum.failed += 1
      const prefix = need ? `failed: ${need} is required, but ` : ''
      sum.notes.push(`${prefix}skipped: ${length} in ${taskId}: ${reason}`)
    }
  }
  return sum
}

/** Reads the JSON of vitest or Playwright. A file that cannot be loaded is a failure without a test. */
export function readOutcomes(file: string, directory: string): Outcome[] {
  const report = JSON.parse(readFileSync(file, 'utf8')) as JsonTestResults | JSONReport
  if ('suites' in report)
    return [
      ...outcomesOf(report.suites),
      ...report.errors.map(({ message = 'an error' }) => ({ name: message, status: 'failed' })),
    ]
  return report.testResults.flatMap(({ name: path, status: fileStatus, message, assertionResults }) => {
    const name = relative(directory, path).replaceAll('\\', '/')
    const tests = assertionResults.map(({ ancestorTitles, title, status, failureMessages }) => ({
      name: [name, ...ancestorTitles, title].join(' > '),
      status,
      reason: ancestorTitles.join(' > ') || title,
      message: failureMessages?.join('\n'),
    }))
    const isBroken = fileStatus === 'failed' && tests.every(({ status }) => status !== 'failed')
    return isBroken ? [...tests, { name, status: 'failed', message }] : tests
  })
}

/**
 * Returns the lines of a message, without blank lines, stacks and passed tests. Of a long one the first and
 * the last lines: a command that failed says why in its last lines.
 */
function shorten(message: string): string[] {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter((line) => !/^\s*($|at |✓)/.test(line))
    .map((line) => line.slice(0, 300))
  return lines.length <= 50 ? lines : [...lines.slice(0, 10), '…', ...lines.slice(-40)]
}

function outcomesOf(suites: JSONReportSuite[]): Outcome[] {
  return suites.flatMap(({ title: group, specs, suites: inner = [] }) => [
    ...specs.flatMap(({ title, tests }) =>
      tests.map(({ status, annotations, results }) => ({
        name: `${group} > ${title}`,
        status,
        message: results.flatMap(({ errors }) => errors.map(({ message }) => message)).join('\n'),
        reason: annotations.find(({ type }) => type === 'skip')?.description,
      })),
    ),
    ...outcomesOf(inner),
  ])
}
