import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @typedef {object} GitOptions
 * @property {Record<string, string>} [env]
 * @property {boolean} [mayFail]
 */

/**
 * Runs git.
 *
 * @param {string} cwd
 * @param {string[]} args
 * @param {GitOptions} [options]
 * @throws if git fails, with its error output
 */
function run(cwd, args, { env = {}, mayFail = false } = {}) {
  const result = spawnSync('git', args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    maxBuffer: 256 * 1_024 * 1_024,
  })
  if (result.error) throw new Error(`git does not start: ${result.error.message}`)
  if (result.status !== 0 && !mayFail)
    throw new Error(`git ${args.join(' ')} failed: ${result.stderr.trim()}`)
  return result
}

/** @param {string} cwd @param {string[]} args */
export function git(cwd, ...args) {
  run(cwd, args)
}

/**
 * @param {string} cwd
 * @param {string[]} args
 * @returns {boolean} whether git succeeded
 */
export function gitSucceeds(cwd, ...args) {
  return run(cwd, args, { mayFail: true }).status === 0
}

/** @param {string} cwd @param {string[]} args */
export function gitOutput(cwd, ...args) {
  return run(cwd, args).stdout.trim()
}

/**
 * Lists the files of the tree as git sees it, with what is not committed yet.
 *
 * @param {string} root
 */
export function treeFiles(root) {
  const files = gitOutput(root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0')
  // A file that was deleted and not committed is still in the index.
  return [...new Set(files)].filter((file) => file !== '' && existsSync(join(root, file)))
}

/**
 * Runs git in a folder that is not a checkout, with its own index.
 *
 * @param {string} root the checkout whose repository it reads and writes
 * @param {{ index: string, workTree: string }} place
 * @param {string[]} args
 */
export function gitAt(root, { index, workTree }, ...args) {
  const env = {
    GIT_DIR: gitOutput(root, 'rev-parse', '--absolute-git-dir'),
    GIT_INDEX_FILE: index,
    GIT_WORK_TREE: workTree,
  }
  return run(workTree, args, { env }).stdout.trim()
}
