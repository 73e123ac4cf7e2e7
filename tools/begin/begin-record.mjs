import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The answers given to `npm run begin`, and the version that the tree came from. `npm run upgrade` gives the
 * same answers to the old and the new version before it merges them.
 *
 * @typedef {object} BeginRecord
 * @property {string} version of the upstream repository, without the v of its tag
 * @property {string | null} upstream repository for `git fetch`; null if unknown
 * @property {string} name of the product, as users read it
 * @property {string} slug in the command, metrics and file names
 * @property {'keep' | 'remove'} notes
 * @property {'open' | 'closed'} signup
 * @property {true} [ordinaryName] documents also use the name as a word, so a later rename keeps them
 */

const file = 'begin.json'

/**
 * @param {string} root
 * @returns {BeginRecord | undefined} undefined before the first `npm run begin`
 */
export function readRecord(root) {
  const path = join(root, file)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}

/**
 * @param {string} root
 * @param {BeginRecord} record
 */
export function writeRecord(root, record) {
  writeFileSync(join(root, file), `${JSON.stringify(record, null, 2)}\n`)
}

/**
 * @param {string} root
 * @returns {string} the version in the root package.json, the only place that has it
 */
export function versionOf(root) {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version
}
