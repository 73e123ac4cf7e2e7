// `npm test`: runs every suite through turbo and prints the totals of all suites, cached runs included.
// `npm test -- --quick`: no PostgreSQL, no browser, no other processes.
// `npm test -- --guides`: also applies the guides of docs/ to copies of the repository, which takes minutes
// more.
// Other arguments go to turbo: `npm test -- --filter=@app/router`, `npm test -- --force`.
// REQUIRE_POSTGRES=1 and REQUIRE_BROWSER=1 make a suite fail that was skipped because there is none.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, globSync, readFileSync, rmSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installedPrograms } from './optional-programs.ts'
import { missingReasons, reportFiles, sumSuites } from './sum-suites.ts'
import { keepSeconds, planLine, printProgress, readPlan } from './test-plan.mjs'

const root = fileURLToPath(new URL('../', import.meta.url))
if (process.argv.includes('--help')) {
  console.log(`Usage: npm test -- [--quick | --guides] [options of turbo]

  --quick                leaves out PostgreSQL, browsers, other processes and what tries all of a kind
  --guides               also applies the guides of docs/ to copies of the repository
  --filter=@app/router   runs one package
  --force                takes nothing from the cache`)
  process.exit(0)
}
if (/[#?]/.test(root)) {
  console.error('The tests cannot run in a path with # or ?, because Vitest cannot. Move the checkout.')
  process.exit(1)
}
const summaries = join(root, '.turbo/runs')
const isQuick = process.argv.includes('--quick')
const withGuides = process.argv.includes('--guides')
const given = process.argv.slice(2).filter((argument) => !['--quick', '--guides'].includes(argument))
const { postgresProblem } = await import(join(root, 'packages/router/src/testing/test-postgres.ts'))
const missingPostgres = isQuick ? 'not in a quick run' : await postgresProblem()
const notQuick = ['bench', 'cli', 'example-*'].map((name) => `--filter=!@app/${name}`)
const tasks = Object.keys(reportFiles).filter((task) =>
  task === 'test:guides' ? withGuides : !isQuick || task === 'test',
)

// Otherwise a suite that crashes would be counted with its report of an earlier run.
for (const report of Object.values(reportFiles)) {
  for (const stale of globSync(`{.,bench,apps/*,packages/*,examples/*}/${report}`, { cwd: root })) {
    rmSync(join(root, stale))
  }
}
rmSync(summaries, { recursive: true, force: true })

const turbo = [
  'run',
  ...tasks,
  '--continue=dependencies-successful',
  // Each suite uses all cores by itself, so many suites in parallel cause time-outs. In a quick run small
  // suites, which load modules on one core, run beside the others.
  ...(given.some((argument) => argument.startsWith('--concurrency'))
    ? []
    : [`--concurrency=${Math.ceil(availableParallelism() / (isQuick ? 1 : 2))}`]),
  // Their tests start other processes.
  ...(isQuick && !given.some((argument) => argument.startsWith('--filter')) ? notQuick : []),
  ...given,
]
const env = {
  ...process.env,
  // Part of a suite's cache key: a pass without PostgreSQL, a browser or another program must not be reused
  // for a run with it.
  TEST_POSTGRES: missingPostgres === '' ? 'answers' : 'none',
  TEST_NODE: process.version,
  TEST_PROGRAMS: installedPrograms(),
  // The browser tests start the bundle, which turbo builds before them.
  ...(isQuick ? { TEST_QUICK: '1' } : { E2E_BROWSER: await describeBrowser(), E2E_BUNDLE: '1' }),
}
const suites = readPlan(root, turbo, env)
console.log(planLine(suites))
const status = await runTurbo()

// File names begin with the time, so the last one is of this run.
const summary = existsSync(summaries) ? globSync('*.json', { cwd: summaries }).toSorted().at(-1) : undefined
const ran = summary ? JSON.parse(readFileSync(join(summaries, summary), 'utf8')).tasks : []
keepSeconds(root, ran)
const result = sumSuites(root, ran, {
  ...(process.env['REQUIRE_POSTGRES'] === '1' ? { PostgreSQL: missingReasons.PostgreSQL } : {}),
  ...(process.env['REQUIRE_BROWSER'] === '1' ? { 'a browser': missingReasons['a browser'] } : {}),
})
if (status !== 0 && result.failed === 0) {
  result.notes.push('failed: turbo itself, see above')
  result.failed += 1
}
if (isQuick) {
  result.notes = result.notes.filter((note) => !note.includes('not in a quick run'))
  result.notes.push('quick: without PostgreSQL, browser and other processes; npm test runs all')
} else if (missingPostgres !== '') result.notes.push(`PostgreSQL: ${missingPostgres}`)
if (!withGuides) result.notes.push('guides: left out; npm test -- --guides applies them to a copy')
process.exitCode = result.failed === 0 ? 0 : 1

console.log(['', ...result.notes].join('\n'))
console.log(`${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped`)

/** @returns {Promise<number | null>} turbo's exit code */
async function runTurbo() {
  using _progress = printProgress(root, suites)
  const child = spawn('turbo', [...turbo, '--summarize', '--output-logs=new-only'], {
    cwd: root,
    stdio: 'inherit',
    env,
  })
  const [code] = await once(child, 'close')
  return code
}

/**
 * Names the browser that the browser tests find.
 *
 * @returns {Promise<string>} its file, size and time; `none`; or why the one that was asked for does not
 *   start
 */
async function describeBrowser() {
  const { findChromium } = await import(join(root, 'apps/web/e2e/setup/find-chromium.ts'))
  try {
    const found = await findChromium(process.env)
    if (found === null) return 'none'
    const { size, mtimeMs } = statSync(found.executablePath)
    return `${found.executablePath} ${size} ${mtimeMs}`
  } catch (error) {
    return String(error)
  }
}
