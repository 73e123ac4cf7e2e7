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
 * A feature is entered by its index.ts, so that the rest of it can change freely. The joined table types in db/ and
 * the router's own list of features stand outside the features and are free to look in.
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
]
