import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readImports } from './read-imports.mjs'

/**
 * @typedef {object} Package
 * @property {string} dir relative to the root, with forward slashes; '' for the root itself
 * @property {{ name: string, scripts?: Record<string, string>, dependencies?: Record<string, string>,
 *   devDependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }} manifest
 *
 * @typedef {{ file: string, specifier: string, typeOnly: boolean }} Import
 *
 * @typedef {object} House
 * @property {string} root
 * @property {string[]} files everything in the packages and tools that is ours
 * @property {Package[]} packages the root first
 * @property {Import[]} imports of every source file, dynamic ones included
 */

const packageFolders = ['apps/*', 'packages/*', 'examples/*', 'bench']
const notOurs = new Set(['node_modules', 'dist', '.cache', '.turbo', 'test-results', 'coverage', 'data'])

/**
 * @param {string} root
 * @returns {House}
 */
export function readHouse(root) {
  const files = globSync('{apps,packages,examples,bench,tools,docs}/**', {
    cwd: root,
    withFileTypes: true,
    exclude: (entry) => notOurs.has(entry.name),
  })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'))
    .map((file) => file.replace(/^\//, ''))
  const dirs = ['', ...packageFolders.flatMap((pattern) => globSync(pattern, { cwd: root }).toSorted())]
  const packages = dirs
    .map((dir) => ({ dir: dir.replaceAll('\\', '/'), manifestFile: join(root, dir, 'package.json') }))
    .filter(({ manifestFile }) => existsSync(manifestFile))
    .map(({ dir, manifestFile }) => ({ dir, manifest: JSON.parse(readFileSync(manifestFile, 'utf8')) }))
  const imports = files
    .filter((file) => /\.(tsx?|mjs)$/.test(file))
    .flatMap((file) =>
      readImports(file, readFileSync(join(root, file), 'utf8')).map((found) => ({ file, ...found })),
    )
  return { root, files, packages, imports }
}

/**
 * The package that a file belongs to; the root's own for tools.
 *
 * @param {House} house
 * @param {string} file
 */
export function packageOf(house, file) {
  const found =
    house.packages.find(({ dir }) => dir !== '' && file.startsWith(`${dir}/`)) ?? house.packages[0]
  if (!found) throw new Error(`no package.json in ${house.root}`)
  return found
}

/**
 * Whether a file ships: tests, their support and tool configs do not.
 *
 * @param {string} file
 */
export function ships(file) {
  return /\/src\//.test(file) && !/\.test\.tsx?$|\/testing\/|\/test\//.test(file)
}
