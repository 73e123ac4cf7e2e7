// Merges a newer version of the upstream repository into this tree, installs, checks and tests:
// `npm run upgrade [-- v1.2.0] [--from <repository>] [--no-tests]`. After resolved conflicts,
// `npm run upgrade -- --continue` runs the remaining steps.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readRecord } from '../begin/begin-record.mjs'
import { git, gitOutput } from '../git.mjs'
import { changesBetween } from './changes-between.mjs'
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
    throw new Error('This tree has no record of its version. Run: npm run begin')
  }
  if (gitOutput(root, 'status', '--porcelain', '--untracked-files=no') !== '') {
    throw new Error(
      'The tree has uncommitted changes. Commit them and run this again. After an interrupted upgrade: ' +
        'npm run upgrade -- --continue to continue, git reset --hard to cancel.',
    )
  }
  const from = values.from ?? record.upstream
  if (from === null) {
    throw new Error('begin.json names no upstream repository. Run: npm run upgrade -- --from <repository>')
  }
  console.log(`Fetching the versions of ${from}`)
  const versions = fetchVersions(root, from)
  const target = chooseTarget(from, versions, record.version)
  if (target === record.version) {
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
        'To cancel the upgrade: git reset --hard',
      ].join('\n'),
    )
    return 1
  }
  return finish()
}

/**
 * @param {string} from
 * @param {string[]} versions of the upstream repository
 * @param {string} base the version that the tree began from
 * @returns {string} the version that the arguments name, or the newest
 * @throws with what to do when there is no such version, or no base
 */
function chooseTarget(from, versions, base) {
  const newest = newestOf(versions)
  if (newest === undefined) {
    throw new Error(
      `${from} has no release, and an upgrade needs one. Run this again when it has a tag like v1.2.0, or ` +
        'name another repository: npm run upgrade -- --from <repository>',
    )
  }
  const all = versions.join(', ')
  if (!versions.includes(base)) {
    throw new Error(
      `${from} has no version v${base}, which begin.json records. It has: ${all}. Write the one from which ` +
        'this tree began, or the next one after it, as the version into begin.json, and commit it.',
    )
  }
  const target = positionals[0]?.replace(/^v/, '') ?? newest
  if (!versions.includes(target)) {
    throw new Error(
      `${from} has no version v${target}. It has: ${all}. Name one of them: npm run upgrade -- v${newest}`,
    )
  }
  return target
}

/** @returns {number} exit code */
function finish() {
  const conflicts = unmergedFiles(root)
  if (conflicts.length > 0) {
    throw new Error(`Still in conflict: ${conflicts.join(', ')}. Resolve them and git add the files first.`)
  }
  const steps = [
    ['node', 'tools/pnpm.mjs', 'install', '--no-frozen-lockfile'],
    // git may merge lines of both sides in another order than the formatter's.
    ['npm', 'run', 'format'],
    ['npm', 'run', 'check'],
    ...(values['no-tests'] ? [] : [['npm', 'test']]),
  ]
  for (const [command = '', ...args] of steps) {
    console.log(`\n> ${[command, ...args].join(' ')}`)
    const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
    if (status !== 0) {
      console.error(
        `Failed: ${[command, ...args].join(' ')}. Fix it, then run: npm run upgrade -- --continue. To cancel: git reset --hard`,
      )
      return 1
    }
  }
  git(root, 'add', '--update')
  console.log(
    `\nThe upgrade to v${readRecord(root)?.version} is staged but not committed. Review it with: git diff --staged`,
  )
  console.log('Then commit it, back up the database, and deploy. New migrations run when the server starts.')
  return 0
}
