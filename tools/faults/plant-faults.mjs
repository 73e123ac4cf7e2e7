// `npm run faults`: plants each fault of docs/asvs-faults.json in a copy of the tree, one at a time, and runs
// the test that must notice it. `npm run faults -- V6.2.4 V9` plants only faults of these
// requirements. `npm run faults -- --some=3` plants about three, which the commit decides: .ci/run does so,
// and over many commits it plants them all. Each fault takes some seconds. A test that is skipped, because a
// program is missing, does not fail the run.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { copyTree } from '../copy-tree.mjs'
import { readOutcomes } from '../sum-suites.ts'
import { chooseFaults } from './choose-faults.ts'
import { titlePattern, verdictOf } from './fault-verdict.ts'

/** @typedef {import('../house/asvs-rules.ts').Fault} Fault */

const root = fileURLToPath(new URL('../../', import.meta.url))
/** @type {Fault[]} */
const all = JSON.parse(readFileSync(join(root, 'docs/asvs-faults.json'), 'utf8'))
const faults = chooseOrExit()

using copy = copyTree(root)
const pnpm = join(root, 'node_modules/.bin/pnpm')
run(pnpm, ['install', '--frozen-lockfile', '--prefer-offline'])
// Tests of the built web app need a build. It is built again for each fault in the web app.
run(pnpm, ['exec', 'node', 'tools/build.mjs'])

/** @type {import('./fault-verdict.ts').Verdict[]} */
const verdicts = []
for (const fault of faults) {
  const file = join(copy.root, fault.file)
  const sound = readFileSync(file, 'utf8')
  writeFileSync(
    file,
    sound.replace(fault.find, () => fault.put),
  )
  const verdict = runTest(fault)
  writeFileSync(file, sound)
  verdicts.push(verdict)
  console.log(`${verdict} ${fault.ids.join(' ')} (${fault.file})`)
}
const count = (/** @type {string} */ wanted) => verdicts.filter((verdict) => verdict === wanted).length
console.log(`${count('noticed')} of ${faults.length} faults noticed, ${count('skipped')} skipped`)
process.exitCode = count('noticed') + count('skipped') === faults.length ? 0 : 1

/** @returns {Fault[]} */
function chooseOrExit() {
  const commit = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root }).stdout.toString()
  try {
    return chooseFaults(all, process.argv.slice(2), commit)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}

/**
 * @param {Fault} fault
 * @returns {import('./fault-verdict.ts').Verdict}
 */
function runTest({ file, test }) {
  const [path = '', ...titles] = test.split(' > ')
  const title = titlePattern(titles.at(-1) ?? '')
  const folder = path.startsWith('tools/') ? 'tools' : path.split('/', 2).join('/')
  const inFolder = path.slice(folder.length + 1)
  if (folder === 'apps/web' && !file.includes('/e2e/')) run(pnpm, ['exec', 'node', 'tools/build.mjs'])
  const report = join(copy.root, '.cache/fault-report.json')
  rmSync(report, { force: true })
  const runner = path.includes('/e2e/')
    ? ['playwright', 'test', inFolder, '-g', title, '--reporter=json']
    : ['vitest', 'run', inFolder, '-t', title, '--reporter=json', `--outputFile=${report}`]
  run(pnpm, ['-C', folder, 'exec', ...runner], { PLAYWRIGHT_JSON_OUTPUT_FILE: report })
  return verdictOf(existsSync(report) ? readOutcomes(report, copy.root) : [], title)
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
function run(command, args, env = {}) {
  spawnSync(command, args, { cwd: copy.root, env: { ...process.env, ...env }, maxBuffer: Infinity })
}
