import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import type { House } from './read-house.ts'
import { packageOf, ships } from './read-house.ts'
import { freeFolders, neighbourRows, neighbours, routerAlone, walls } from './walls.ts'

function packagesHaveTheirNeighboursOnly({ packages, read }: House): string[] {
  const isInReadme = read('README.md').includes(['| --- | --- |', ...neighbourRows, ''].join('\n'))
  const manifests = packages.filter(({ dir }) => !freeFolders.includes(dir))
  return [
    ...(isInReadme ? [] : [`README.md: has not these rows:\n${neighbourRows.join('\n')}`]),
    ...manifests.flatMap(({ dir, manifest }) => {
      const { dependencies = {}, devDependencies = {}, optionalDependencies = {} } = manifest
      const wall = neighbours[rowOf(dir)]
      if (!wall) return [`${dir}: has no line in tools/house/walls.ts`]
      const { imports, types = [], tests = [], files = [] } = wall
      const shipped = [...imports, ...files].map((name) => `@app/${name}`)
      const developed = [...shipped, ...[...types, ...tests].map((name) => `@app/${name}`)]
      const others = { ...dependencies, ...devDependencies, ...optionalDependencies }
      return [
        ...ours(dependencies).filter((name) => !shipped.includes(name)),
        ...ours(devDependencies).filter((name) => !developed.includes(name)),
        ...(dir === 'packages/router' ? [] : routerAlone.filter((name) => name in others)),
      ].map((name) => `${dir}/package.json: must not depend on ${name}`)
    }),
  ]
}

function importsStayInTheirWalls(house: House): string[] {
  return house.imports
    .filter(({ file }) => ships(file))
    .flatMap(({ file, specifier, typeOnly }) => {
      const { dir, manifest } = packageOf(house, file)
      const { imports = [], types = [] } = neighbours[rowOf(dir)] ?? {}
      const mayImport = [...imports, ...(typeOnly ? types : [])].map((name) => `@app/${name}`)
      const wanted = packageName(specifier)
      const isStranger = wanted.startsWith('@app/') && wanted !== manifest.name && !mayImport.includes(wanted)
      const broken = walls.filter(
        ({ from, refuses, allowsTypes }) =>
          from.test(file) && refuses.test(specifier) && !(allowsTypes && typeOnly),
      )
      return [
        ...(isStranger && !freeFolders.includes(dir) ? [`${dir} is no neighbour of ${wanted}`] : []),
        ...broken.map(({ reason }) => reason),
      ].map((reason) => `${file}: imports ${specifier}, but ${reason}`)
    })
}

/** What ships loads only what is installed in production; types may come from development dependencies. */
function runtimeImportsAreDependencies(house: House): string[] {
  return house.imports.flatMap(({ file, specifier, typeOnly }) => {
    const isLocal = specifier.startsWith('.') || specifier.startsWith('virtual:') || isBuiltin(specifier)
    if (typeOnly || isLocal || !ships(file)) return []
    const { name, dependencies = {}, optionalDependencies = {} } = packageOf(house, file).manifest
    const wanted = packageName(specifier)
    if (wanted in dependencies || wanted in optionalDependencies || wanted === name) return []
    return [`${file}: imports ${specifier}, which is not in the dependencies of ${name}`]
  })
}

function relativeImportsStayInTheirPackage(house: House): string[] {
  return relativeImports(house).flatMap(({ file, target }) => {
    const { dir } = packageOf(house, file)
    if (dir === '' || target.startsWith(`${dir}/`)) return []
    if (!ships(file) && target.startsWith('tools/')) return []
    return [`${file}: ${target} is outside ${dir}; import the package by its name`]
  })
}

/** A feature is entered by its index.ts, so that the rest of it can change freely. */
function featuresMeetAtTheirIndex(house: House): string[] {
  const features = /^packages\/router\/src\/features\/([^/]+)(?:\/(.+))?$/
  return relativeImports(house).flatMap(({ file, target }) => {
    const from = features.exec(file)?.[1]
    const [, to, inside = 'index.ts'] = features.exec(target) ?? []
    if (from === undefined || to === undefined || from === to || inside === 'index.ts') return []
    return [`${file}: reaches into the feature ${to}; import ../${to}/index.ts`]
  })
}

/** Folders of the web app are layers. In a ring none of them can be read, tested or removed alone. */
function webFoldersHaveNoRing(house: House): string[] {
  const src = 'apps/web/src'
  const folderOf = (file: string) => posix.relative(src, posix.dirname(file)).split('/')[0] || '.'
  let ring = relativeImports(house)
    .filter(({ file }) => file.startsWith(`${src}/`))
    .map(({ file, target }) => ({ from: folderOf(file), to: folderOf(target) }))
    .filter(({ from, to }) => from !== to)
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

function relativeImports({ imports }: House): { file: string; target: string }[] {
  return imports
    .filter(({ specifier }) => specifier.startsWith('.'))
    .map(({ file, specifier }) => ({ file, target: posix.join(posix.dirname(file), specifier) }))
}

function rowOf(dir: string): string {
  return dir.startsWith('examples/') ? 'examples' : posix.basename(dir)
}

function packageName(specifier: string): string {
  const length = specifier.startsWith('@') ? 2 : 1
  return specifier.split('/').slice(0, length).join('/')
}

function ours(dependencies: Record<string, string>): string[] {
  return Object.keys(dependencies).filter((name) => name.startsWith('@app/'))
}

export const importRules = [
  packagesHaveTheirNeighboursOnly,
  importsStayInTheirWalls,
  runtimeImportsAreDependencies,
  relativeImportsStayInTheirPackage,
  featuresMeetAtTheirIndex,
  webFoldersHaveNoRing,
]
