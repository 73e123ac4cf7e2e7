// Merges a newer version of the upstream repository into this tree, installs, checks and tests:
// `npm run upgrade [-- v1.2.0] [--from <repository>] [--no-tests]`. After conflicts are resolved,
// `npm run upgrade -- --continue` does the rest.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readRecord } from '../begin/begin-record.mjs'
import { changesBetween } from './changes-between.mjs'
import { git, gitOutput } from './git.mjs'
import { mergeVersion, unmergedFiles } from './merge-version.mjs'
import { fetchVersions, newestOf } from './versions.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    from: { type: 'string' },
    continue: { type: 'boolean', default: false },
    'no-tests': { type: 'boolean', default: false },
  },
})

try {
  process.exitCode = values.continue ? finish() : start()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}

/** @returns {number} exit code */
function start() {
  const record = readRecord(root)
  if (record === undefined) {
    throw new Error('This tree does not know the version that it came from. Run: npm run begin')
  }
  if (gitOutput(root, 'status', '--porcelain', '--untracked-files=no') !== '') {
    throw new Error(
      'There are changes that are not committed. Commit them, and run this again. After an upgrade that was interrupted: ' +
        'npm run upgrade -- --continue goes on, git reset --hard gives it up.',
    )
  }
  const from = values.from ?? record.upstream
  if (from === null) {
    throw new Error('begin.json names no upstream repository. Run: npm run upgrade -- --from <repository>')
  }
  console.log(`Fetching the versions of ${from}`)
  const versions = fetchVersions(root, from)
  const target = positionals[0]?.replace(/^v/, '') ?? newestOf(versions)
  for (const version of [record.version, target]) {
    if (version === undefined || !versions.includes(version)) {
      throw new Error(`${from} has no version v${version}. It has: ${versions.join(', ') || 'none'}`)
    }
  }
  if (target === undefined || target === record.version) {
    console.log(`This tree is at v${record.version}. There is nothing newer.`)
    return 0
  }
  console.log(`Merging v${target} over v${record.version}`)
  const conflicts = mergeVersion(root, record, target)
  console.log(changesBetween(root, record.version))
  if (conflicts.length > 0) {
    console.log(
      [
        'Both you and the new version changed the same lines of:',
        ...conflicts.map((path) => `  ${path}`),
        'Resolve them, git add the files, and run: npm run upgrade -- --continue',
        'To give the upgrade up: git reset --hard',
      ].join('\n'),
    )
    return 1
  }
  return finish()
}

/** @returns {number} exit code */
function finish() {
  const conflicts = unmergedFiles(root)
  if (conflicts.length > 0) {
    throw new Error(`Still in conflict: ${conflicts.join(', ')}. Resolve them and git add the files first.`)
  }
  const steps = [
    ['node', 'tools/pnpm.mjs', 'install', '--no-frozen-lockfile'],
    // Lines that git kept from both sides may be in another order than the formatter's.
    ['npm', 'run', 'format'],
    ['npm', 'run', 'check'],
    ...(values['no-tests'] ? [] : [['npm', 'test']]),
  ]
  for (const [command = '', ...args] of steps) {
    console.log(`\n> ${[command, ...args].join(' ')}`)
    const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
    if (status !== 0) {
      console.error(
        `Failed: ${[command, ...args].join(' ')}. Fix it, and run: npm run upgrade -- --continue. To give up: git reset --hard`,
      )
      return 1
    }
  }
  git(root, 'add', '--update')
  console.log(
    `\nThe upgrade to v${readRecord(root)?.version} is staged and not committed. Look at it with: git diff --staged`,
  )
  console.log('Then commit it, back up the database, and deploy. New migrations run when the server starts.')
  return 0
}
