import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { git, gitAt, gitOutput } from '../git.mjs'
import { refOf } from './versions.mjs'

/** @typedef {import('../begin/begin-record.mjs').BeginRecord} BeginRecord */

/**
 * Merges a version into the index and the work tree without a commit. It applies the owner's answers to base
 * and target first, so the product's name and a removed demo cause no conflict.
 *
 * @param {string} root
 * @param {BeginRecord} record
 * @param {string} target a fetched version
 * @returns {string[]} the files in conflict
 * @throws if git merges nothing
 */
export function mergeVersion(root, record, target) {
  const base = commitOf(root, begunTree(root, record.version, record), `v${record.version}`)
  const next = commitOf(root, begunTree(root, target, record), `v${target}`, base)
  // Applies the difference between base and next to HEAD: a three-way merge without a common history.
  try {
    git(root, '-c', 'merge.directoryRenames=true', 'cherry-pick', '--no-commit', next)
  } catch (error) {
    // Without a conflict git has changed nothing: a new file of the owner is in the way, for example.
    if (unmergedFiles(root).length === 0) throw error
  }
  // pnpm updates its lock file from the package.json files.
  if (unmergedFiles(root).includes('pnpm-lock.yaml')) {
    git(root, 'checkout', '--theirs', '--', 'pnpm-lock.yaml')
    git(root, 'add', 'pnpm-lock.yaml')
  }
  return unmergedFiles(root)
}

/**
 * @param {string} root
 * @returns {string[]}
 */
export function unmergedFiles(root) {
  return gitOutput(root, 'diff', '--name-only', '--diff-filter=U')
    .split('\n')
    .filter((path) => path !== '')
}

/**
 * @param {string} root
 * @param {string} version
 * @param {BeginRecord} record
 * @returns {string} the id of the version's tree after its `begin` with the owner's answers
 */
function begunTree(root, version, record) {
  const folder = mkdtempSync(join(tmpdir(), 'upgrade-'))
  try {
    const place = { index: join(folder, 'index'), workTree: join(folder, 'tree') }
    mkdirSync(place.workTree)
    gitAt(root, place, 'read-tree', refOf(version))
    gitAt(root, place, 'checkout-index', '--all')
    // `begin` lists the files of its tree with git.
    git(place.workTree, 'init', '--quiet')
    git(place.workTree, 'add', '--all')
    begin(place.workTree, record)
    rmSync(join(place.workTree, '.git'), { recursive: true })
    gitAt(root, place, 'add', '--all')
    return gitAt(root, place, 'write-tree')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * @param {string} tree
 * @param {BeginRecord} record
 */
function begin(tree, record) {
  const program = join(tree, 'tools/begin/begin.mjs')
  if (!existsSync(program))
    throw new Error(`${program} is missing: this version cannot be upgraded from or to.`)
  const answers = ['name', 'slug', 'notes', 'signup'].map(
    (key) => `--${key}=${record[/** @type {keyof BeginRecord} */ (key)]}`,
  )
  if (record.upstream !== null) answers.push(`--upstream=${record.upstream}`)
  const { status, stderr } = spawnSync(process.execPath, [program, '--no-check', ...answers], {
    cwd: tree,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`tools/begin/begin.mjs failed:\n${stderr}`)
}

/**
 * @param {string} root
 * @param {string} tree
 * @param {string} message
 * @param {string} [parent]
 */
function commitOf(root, tree, message, parent) {
  const parents = parent === undefined ? [] : ['-p', parent]
  const author = ['-c', 'user.name=upgrade', '-c', 'user.email=upgrade@localhost']
  return gitOutput(root, ...author, 'commit-tree', tree, ...parents, '-m', message)
}
