// `npm run faults`: plants each fault of docs/asvs-faults.json in a copy of the tree, one at a time, and runs
// the test that must notice it. `npm run faults -- V6.2.4 V9` takes those whose id begins so. Takes some
// seconds a fault.
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { copyTree } from '../copy-tree.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const wanted = process.argv.slice(2)
/** @type {import('../house/asvs-rules.ts').Fault[]} */
const all = JSON.parse(readFileSync(join(root, 'docs/asvs-faults.json'), 'utf8'))
const faults = all.filter(
  ({ ids }) =>
    wanted.length === 0 || ids.some((id) => wanted.some((each) => id === each || id.startsWith(`${each}.`))),
)

using copy = copyTree(root)
const pnpm = join(root, 'node_modules/.bin/pnpm')
run(pnpm, ['install', '--frozen-lockfile', '--prefer-offline'])
// A test of the built web app needs one; a fault in it is built again.
run(pnpm, ['exec', 'node', 'tools/build.mjs'])

/** @type {string[]} */
const unnoticed = []
for (const fault of faults) {
  const file = join(copy.root, fault.file)
  const sound = readFileSync(file, 'utf8')
  writeFileSync(
    file,
    sound.replace(fault.find, () => fault.put),
  )
  const verdict = runTest(fault)
  writeFileSync(file, sound)
  const ids = fault.ids.join(' ')
  if (verdict !== 'noticed') unnoticed.push(ids)
  console.log(`${verdict} ${ids} (${fault.file})`)
}
console.log(`${faults.length - unnoticed.length} of ${faults.length} faults noticed`)
process.exitCode = unnoticed.length === 0 ? 0 : 1

/**
 * @param {import('../house/asvs-rules.ts').Fault} fault
 * @returns {'noticed' | 'UNNOTICED' | 'BROKEN'} broken: the test did not run at all
 */
function runTest({ file, test }) {
  const [path = '', ...titles] = test.split(' > ')
  // What a title takes from a table is `%s` and the like, from a variable `…`.
  const title = (titles.at(-1) ?? '')
    .replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll(/%[a-z]|…|\\\$\w+/g, '.*')
  const folder = path.startsWith('tools/') ? 'tools' : path.split('/', 2).join('/')
  const inFolder = path.slice(folder.length + 1)
  // Tests of the web app look at what is built.
  const isBuilt = folder === 'apps/web' && !file.includes('/e2e/')
  if (isBuilt) run(pnpm, ['exec', 'node', 'tools/build.mjs'])
  if (path.includes('/e2e/')) {
    const { status, stdout } = run(pnpm, ['-C', folder, 'exec', 'playwright', 'test', inFolder, '-g', title])
    if (status === 0) return / passed/.test(stdout) ? 'UNNOTICED' : 'BROKEN'
    return /^\s+\d+ failed$/m.test(stdout) ? 'noticed' : 'BROKEN'
  }
  const report = join(copy.root, '.cache/fault-report.json')
  rmSync(report, { force: true })
  const args = ['-C', folder, 'exec', 'vitest', 'run', inFolder, '-t', title]
  run(pnpm, [...args, '--reporter=json', `--outputFile=${report}`])
  try {
    const { numFailedTests, numPassedTests, numFailedTestSuites, numTotalTests } = JSON.parse(
      readFileSync(report, 'utf8'),
    )
    if (numFailedTests > 0) return 'noticed'
    // What the tests prepare failed; a file that cannot be loaded has no tests.
    if (numFailedTestSuites > 0 && numTotalTests > 0) return 'noticed'
    return numPassedTests > 0 ? 'UNNOTICED' : 'BROKEN'
  } catch {
    return 'BROKEN'
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  return spawnSync(command, args, { cwd: copy.root, encoding: 'utf8' })
}
