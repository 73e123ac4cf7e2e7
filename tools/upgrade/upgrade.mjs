// Merges a newer version of the upstream repository into this tree, installs, checks and tests:
// `npm run upgrade [-- v1.2.0] [--from <repository>] [--no-tests]`. After resolved conflicts,
// `npm run upgrade -- --continue` runs the remaining steps.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { readRecord } from '../begin/begin-record.mjs'
import { git, gitOutput } from '../git.mjs'
import { parseOptions } from '../parse-options.mjs'
import { changesBetween } from './changes-between.mjs'
import { mergeVersion, unmergedFiles } from './merge-version.mjs'
import { fetchVersions, newestOf } from './versions.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const usage =
  'Usage: npm run upgrade -- [v1.2.0] [--from <repository>] [--no-tests], or npm run upgrade -- --continue'

try {
  const { values, positionals } = parseOptions(
    {
      allowPositionals: true,
      options: {
        from: { type: 'string' },
        continue: { type: 'boolean', default: false },
        'no-tests': { type: 'boolean', default: false },
      },
    },
    usage,
  )
  if (positionals.length > 1) throw new Error(`Name one version.\n${usage}`)
  const finish = () => runSteps({ withTests: !values['no-tests'] })
  process.exitCode = values.continue
    ? finish()
    : start({ from: values.from, version: positionals[0] }, finish)
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}

/**
 * @param {{ from: string | undefined, version: string | undefined }} wanted
 * @param {() => number} finish
 * @returns {number} exit code
 */
function start(wanted, finish) {
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
  const from = wanted.from ?? record.upstream
  if (from === null) {
    throw new Error('begin.json names no upstream repository. Run: npm run upgrade -- --from <repository>')
  }
  console.log(`Fetching the versions of ${from}`)
  const versions = fetchVersions(root, from)
  const target = chooseTarget(from, versions, { base: record.version, wanted: wanted.version })
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
 * @param {object} choice
 * @param {string} choice.base the version that the tree began from
 * @param {string | undefined} choice.wanted the version that the arguments name
 * @returns {string} the wanted version, or the newest
 * @throws with what to do when there is no such version, it is older, or there is no base
 */
function chooseTarget(from, versions, { base, wanted }) {
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
  const target = wanted?.replace(/^v/, '') ?? newest
  if (!versions.includes(target)) {
    throw new Error(
      `${from} has no version v${target}. It has: ${all}. Name one of them: npm run upgrade -- v${newest}`,
    )
  }
  if (versions.indexOf(target) < versions.indexOf(base)) {
    throw new Error(
      `v${target} is older than v${base}, the version of this tree. An older version does not start on a ` +
        'database that a newer one has migrated. To go back: git revert the upgrade, and restore the backup.',
    )
  }
  return target
}

/**
 * @param {{ withTests: boolean }} options
 * @returns {number} exit code
 */
function runSteps({ withTests }) {
  const conflicts = unmergedFiles(root)
  if (conflicts.length > 0) {
    throw new Error(`Still in conflict: ${conflicts.join(', ')}. Resolve them and git add the files first.`)
  }
  const steps = [
    ['node', 'tools/pnpm.mjs', 'install', '--no-frozen-lockfile'],
    // git may merge lines of both sides in another order than the formatter's.
    ['npm', 'run', 'format'],
    ['npm', 'run', 'check'],
    ...(withTests ? [['npm', 'test']] : []),
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
