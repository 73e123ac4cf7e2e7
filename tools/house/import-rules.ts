import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import type { House } from './read-house.ts'
import { freeFolders, neighbourRows, neighboursOf, routerAlone, walls } from './walls.ts'

function packagesHaveTheirNeighboursOnly({ packages, read }: House): string[] {
  const isInReadme = read('README.md').includes(['| --- | --- |', ...neighbourRows, ''].join('\n'))
  const problems = packages.flatMap(({ dir, manifest }) => {
    const { dependencies = {}, devDependencies = {}, optionalDependencies = {} } = manifest
    if (freeFolders.includes(dir)) return []
    const row = neighboursOf(dir)
    if (!row) return [`${dir}: has no line in tools/house/walls.ts`]
    const { imports, files = [], types = [], tests = [] } = row
    const shipped = [...imports, ...files]
    const others = { ...dependencies, ...devDependencies, ...optionalDependencies }
    return [
      ...foreignPackages(Object.keys(dependencies), shipped),
      ...foreignPackages(Object.keys(devDependencies), [...shipped, ...types, ...tests]),
      ...(dir === 'packages/router' ? [] : routerAlone.filter((name) => name in others)),
    ].map((name) => `${dir}/package.json: must not depend on ${name}`)
  })
  return isInReadme ? problems : [...problems, `README.md: has not these rows:\n${neighbourRows.join('\n')}`]
}

function importsStayInTheirWalls({ imports }: House): string[] {
  return imports
    .filter(({ ships }) => ships)
    .flatMap(({ file, from, specifier, target, typeOnly }) => {
      const row = neighboursOf(from.dir)
      const known = [...(row?.imports ?? []), ...((typeOnly && row?.types) || [])]
      const isForeign = row && target !== from.manifest.name && foreignPackages([target], known).length > 0
      const broken = walls.filter(
        (wall) => wall.from.test(file) && wall.refuses.test(specifier) && !(wall.allowsTypes && typeOnly),
      )
      return [
        ...(isForeign ? [`${from.dir} may not import ${target}`] : []),
        ...broken.map(({ reason }) => reason),
      ].map((reason) => `${file}: imports ${specifier}, but ${reason}`)
    })
}

/** Production code imports only production dependencies; types may come from development dependencies. */
function runtimeImportsAreDependencies({ imports }: House): string[] {
  return imports.flatMap(({ file, from, ships, specifier, target, typeOnly }) => {
    const { name, dependencies = {}, optionalDependencies = {} } = from.manifest
    if (typeOnly || !ships || /^\.|^virtual:/.test(specifier) || isBuiltin(specifier)) return []
    if (target in dependencies || target in optionalDependencies || target === name) return []
    return [`${file}: imports ${specifier}, which is not in the dependencies of ${name}`]
  })
}

function relativeImportsStayInTheirPackage({ imports }: House): string[] {
  return imports
    .filter(({ specifier, from }) => specifier.startsWith('.') && from.dir !== '')
    .filter(({ target, from }) => !target.startsWith(`${from.dir}/`))
    .filter(({ target, ships }) => ships || !target.startsWith('tools/'))
    .map(
      ({ file, target, from }) => `${file}: ${target} is outside ${from.dir}; import the package by its name`,
    )
}

/** Other features import only the index.ts of a feature, so that its other files can change freely. */
function featuresMeetAtTheirIndex({ imports }: House): string[] {
  const features = /^packages\/router\/src\/features\/([^/]+)(?:\/(.+))?$/
  return imports.flatMap(({ file, target }) => {
    const from = features.exec(file)?.[1]
    const [, to, inside = 'index.ts'] = features.exec(target) ?? []
    if (from === undefined || to === undefined || from === to || inside === 'index.ts') return []
    return [`${file}: reaches into the feature ${to}; import ../${to}/index.ts`]
  })
}

/** Folders of the web app are layers. Folders in an import cycle cannot be read, tested or removed alone. */
function webFoldersHaveNoRing({ imports }: House): string[] {
  const src = 'apps/web/src'
  const folderOf = (file: string) => posix.relative(src, posix.dirname(file)).split('/')[0] || '.'
  let ring = imports
    .filter(({ file, target }) => file.startsWith(`${src}/`) && target.startsWith(`${src}/`))
    .map(({ file, target }) => ({ from: folderOf(file), to: folderOf(target) }))
    .filter(({ from, to }) => from !== to)
  for (let before = -1; before !== ring.length;) {
    before = ring.length
    // Removes edges that cannot be part of a cycle: no edge follows them, or they follow none.
    ring = ring.filter(
      (edge) => ring.some(({ from }) => from === edge.to) && ring.some(({ to }) => to === edge.from),
    )
  }
  const folders = [...new Set(ring.map(({ from }) => from))].toSorted()
  return ring.length === 0 ? [] : [`${src}: folders import each other in a cycle: ${folders.join(', ')}`]
}

/** Finds our packages that are not in the list. */
function foreignPackages(names: string[], known: string[]): string[] {
  return names.filter((name) => name.startsWith('@app/') && !known.includes(name.slice('@app/'.length)))
}

export const importRules = [
  packagesHaveTheirNeighboursOnly,
  importsStayInTheirWalls,
  runtimeImportsAreDependencies,
  relativeImportsStayInTheirPackage,
  featuresMeetAtTheirIndex,
  webFoldersHaveNoRing,
]
