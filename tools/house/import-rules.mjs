import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { packageOf, ships } from './read-house.mjs'

/** @typedef {import('./read-house.mjs').House} House */

/**
 * What ships may load only what is installed in production; types may come from development dependencies.
 * That makes package.json the wall: the client has the router for development only, the web app not at all.
 *
 * @param {House} house
 */
function runtimeImportsAreDependencies(house) {
  return house.imports.flatMap((found) => {
    if (found.typeOnly || !ships(found.file) || isLocal(found.specifier)) return []
    const { name, dependencies = {}, optionalDependencies = {} } = packageOf(house, found.file).manifest
    const wanted = packageName(found.specifier)
    if (wanted in dependencies || wanted in optionalDependencies || wanted === name) return []
    return [`${found.file}: imports ${found.specifier}, which is not in the dependencies of ${name}`]
  })
}

/** @param {House} house */
function relativeImportsStayInTheirPackage(house) {
  return house.imports.flatMap(({ file, specifier }) => {
    if (!specifier.startsWith('.')) return []
    const { dir } = packageOf(house, file)
    const target = posix.join(posix.dirname(file), specifier)
    if (dir === '' || target.startsWith(`${dir}/`)) return []
    if (!ships(file) && target.startsWith('tools/')) return []
    return [`${file}: ${specifier} leaves ${dir}; import the package by its name`]
  })
}

/**
 * A feature is entered by its index.ts, so that the rest of it can change freely. The joined table types in
 * db/ and the router's own list of features stand outside the features and are free to look in.
 *
 * @param {House} house
 */
function featuresMeetAtTheirIndex(house) {
  const features = 'packages/router/src/features'
  return house.imports.flatMap(({ file, specifier }) => {
    if (!file.startsWith(`${features}/`) || !specifier.startsWith('.')) return []
    const target = posix.join(posix.dirname(file), specifier)
    if (!target.startsWith(`${features}/`)) return []
    const [from] = posix.relative(features, file).split('/')
    const [to, ...rest] = posix.relative(features, target).split('/')
    if (from === to || rest.length === 0 || rest.join('/') === 'index.ts') return []
    return [`${file}: reaches into the feature ${to}; import ../${to}/index.ts`]
  })
}

/**
 * Folders of the web app are layers. In a ring none of them can be read, tested or removed alone. Features
 * may import each other, one way.
 *
 * @param {House} house
 */
function webFoldersHaveNoRing({ imports }) {
  const src = 'apps/web/src'
  /** @param {string} file */
  const folderOf = (file) => posix.relative(src, posix.dirname(file)).split('/')[0] || '.'
  const edges = imports
    .filter(({ file, specifier }) => file.startsWith(`${src}/`) && specifier.startsWith('.'))
    .map(({ file, specifier }) => ({
      from: folderOf(file),
      to: folderOf(posix.join(posix.dirname(file), specifier)),
    }))
    .filter(({ from, to }) => from !== to)
  let ring = edges
  for (let before = -1; before !== ring.length;) {
    before = ring.length
    // An edge of a ring is followed by another edge, and follows one.
    ring = ring.filter(
      (edge) => ring.some(({ from }) => from === edge.to) && ring.some(({ to }) => to === edge.from),
    )
  }
  const folders = [...new Set(ring.map(({ from }) => from))].toSorted()
  return ring.length === 0 ? [] : [`${src}: folders import each other in a ring: ${folders.join(', ')}`]
}

/** @param {string} specifier */
function isLocal(specifier) {
  return specifier.startsWith('.') || specifier.startsWith('virtual:') || isBuiltin(specifier)
}

/** @param {string} specifier */
function packageName(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

export const importRules = [
  runtimeImportsAreDependencies,
  relativeImportsStayInTheirPackage,
  featuresMeetAtTheirIndex,
  webFoldersHaveNoRing,
]
