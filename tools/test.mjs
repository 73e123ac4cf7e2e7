// `npm test`: runs every suite through turbo and ends with the sum of all of them, cached runs included.
// Arguments go to turbo: `npm test -- --filter=@latchkey/router`, `npm test -- --force`.
// REQUIRE_POSTGRES=1 and REQUIRE_BROWSER=1 make a suite that was skipped for want of one a failure.
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { postgresAnswers, testPostgresUrl } from './postgres-probe.mjs'
import { sumSuites } from './sum-suites.mjs'
import { reportFiles } from './test-report.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const summaries = join(root, '.turbo/runs')
const postgres = (await postgresAnswers(testPostgresUrl)) ? 'answers' : 'none'

// A report of an earlier run must never stand in for a suite that crashed in this one.
for (const report of Object.values(reportFiles)) {
  for (const stale of globSync(`{.,bench,apps/*,packages/*,examples/*}/${report}`, { cwd: root })) {
    rmSync(join(root, stale))
  }
}
rmSync(summaries, { recursive: true, force: true })

const given = process.argv.slice(2)
const { status } = spawnSync(
  'turbo',
  [
    'run',
    ...Object.keys(reportFiles),
    '--continue=dependencies-successful',
    '--summarize',
    // Each suite uses all cores by itself: many at once only make each other late.
    ...(given.some((argument) => argument.startsWith('--concurrency'))
      ? []
      : [`--concurrency=${Math.ceil(availableParallelism() / 2)}`]),
    ...given,
  ],
  {
    cwd: root,
    stdio: 'inherit',
    // Both are part of a suite's cache key: a pass without PostgreSQL says nothing about a run with it.
    env: { ...process.env, TEST_POSTGRES: postgres, TEST_NODE: process.version },
  },
)

// Named by time: the last one is this run's.
const summary = existsSync(summaries) ? globSync('*.json', { cwd: summaries }).toSorted().at(-1) : undefined
const { tasks } = summary ? JSON.parse(readFileSync(join(summaries, summary), 'utf8')) : { tasks: [] }
const result = sumSuites(root, tasks, {
  ...(process.env['REQUIRE_POSTGRES'] === '1' ? { PostgreSQL: /postgres/i } : {}),
  ...(process.env['REQUIRE_BROWSER'] === '1' ? { 'a browser': /browser|chromium/i } : {}),
})
if (status !== 0 && result.failed === 0) {
  result.notes.push('failed: turbo itself, see above')
  result.failed += 1
}
if (postgres === 'none') result.notes.push(`PostgreSQL: no server at ${new URL(testPostgresUrl).host}`)
process.exitCode = result.failed === 0 ? 0 : 1

console.log(['', ...result.notes].join('\n'))
console.log(`${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped`)
