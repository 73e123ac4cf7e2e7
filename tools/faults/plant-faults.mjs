// `npm run faults`: plants each fault of docs/asvs-faults.json in a copy of the tree, one at a time, and runs
// the test that must notice it. `npm run faults -- V6.2.4 V9` plants only faults of these
// requirements. `npm run faults -- --some=3` plants about three, which the commit decides: .ci/run does so,
// and over many commits it plants them all. Each fault takes some seconds.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { copyTree } from '../copy-tree.mjs'
import { readOutcomes } from '../sum-suites.ts'

/** @typedef {import('../house/asvs-rules.ts').Fault} Fault */

const root = fileURLToPath(new URL('../../', import.meta.url))
const some = Number(/^--some=(\d+)$/.exec(process.argv[2] ?? '')?.[1] ?? 0)
const chapters = some > 0 ? [] : process.argv.slice(2)
/** @type {Fault[]} */
const all = JSON.parse(readFileSync(join(root, 'docs/asvs-faults.json'), 'utf8'))
const faults =
  some > 0
    ? someOf(all)
    : all.filter(
        ({ ids }) =>
          chapters.length === 0 || ids.some((id) => chapters.some((each) => `${id}.`.startsWith(`${each}.`))),
      )

using copy = copyTree(root)
const pnpm = join(root, 'node_modules/.bin/pnpm')
run(pnpm, ['install', '--frozen-lockfile', '--prefer-offline'])
// Tests of the built web app need a build. It is built again for each fault in the web app.
run(pnpm, ['exec', 'node', 'tools/build.mjs'])

let noticed = 0
for (const fault of faults) {
  const file = join(copy.root, fault.file)
  const sound = readFileSync(file, 'utf8')
  writeFileSync(
    file,
    sound.replace(fault.find, () => fault.put),
  )
  const verdict = runTest(fault)
  writeFileSync(file, sound)
  if (verdict === 'noticed') noticed += 1
  console.log(`${verdict} ${fault.ids.join(' ')} (${fault.file})`)
}
console.log(`${noticed} of ${faults.length} faults noticed`)
process.exitCode = noticed === faults.length ? 0 : 1

/**
 * Takes every nth fault, from one that the commit decides: the same ones when it runs again.
 *
 * @param {Fault[]} list
 * @returns {Fault[]}
 */
function someOf(list) {
  const commit = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: root }).stdout.toString()
  const first = Number.parseInt(commit.slice(0, 8), 16)
  const stride = Math.ceil(list.length / some)
  return list.filter((_, index) => index % stride === first % stride)
}

/**
 * @param {Fault} fault
 * @returns {'noticed' | 'UNNOTICED' | 'BROKEN'} broken: the test did not run at all
 */
function runTest({ file, test }) {
  const [path = '', ...titles] = test.split(' > ')
  // A title contains `%s` and the like for values of a table, and `…` for a variable.
  const title = (titles.at(-1) ?? '')
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/%[a-z]|…|\\\$\w+/g, '.*')
  const folder = path.startsWith('tools/') ? 'tools' : path.split('/', 2).join('/')
  const inFolder = path.slice(folder.length + 1)
  if (folder === 'apps/web' && !file.includes('/e2e/')) run(pnpm, ['exec', 'node', 'tools/build.mjs'])
  const report = join(copy.root, '.cache/fault-report.json')
  rmSync(report, { force: true })
  const runner = path.includes('/e2e/')
    ? ['playwright', 'test', inFolder, '-g', title, '--reporter=json']
    : ['vitest', 'run', inFolder, '-t', title, '--reporter=json', `--outputFile=${report}`]
  run(pnpm, ['-C', folder, 'exec', ...runner], { PLAYWRIGHT_JSON_OUTPUT_FILE: report })
  const outcomes = existsSync(report) ? readOutcomes(report, copy.root) : []
  const has = (/** @type {string[]} */ ...wanted) => outcomes.some(({ status }) => wanted.includes(status))
  // A file that cannot be loaded fails, too, but has no tests.
  if (!outcomes.some(({ name }) => name.includes(' > '))) return 'BROKEN'
  if (has('failed', 'unexpected')) return 'noticed'
  return has('passed', 'expected') ? 'UNNOTICED' : 'BROKEN'
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
function run(command, args, env = {}) {
  spawnSync(command, args, { cwd: copy.root, env: { ...process.env, ...env } })
}
