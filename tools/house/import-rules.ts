import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import type { House } from './read-house.ts'

/** What folders may not import although their package may, why, and whether types are an exception. */
const boundaries: [from: RegExp, refuses: RegExp, reason: string, allowsTypes?: true][] = [
  [
    /^packages\/contract\/src\//,
    /^(?!zod\/mini$|\.)/,
    'the contract imports zod/mini and its own files alone',
  ],
  [
    /^packages\/contract\/src\/([^/]+\/)?(failure-text|failures|limits|roles)\.ts$/,
    /^(?!\.\.?\/([^./]+\/)?(failures|limits|roles)\.ts$)/,
    'failures, limits and roles load without zod',
    true,
  ],
  [
    /^packages\/router\/src\/(?!db\/|features\/([^/]+\/)+(store|table)\.ts$)/,
    /^kysely(\/|$)/,
    'SQL is in store.ts, table.ts and db/',
    true,
  ],
  [/^packages\/client\/src\/(?!node[./])/, /^(node:|tough-cookie$)/, 'only node.ts and node/ use Node'],
  [/^apps\/web\/src\//, /^zod$/, 'browsers load zod/mini: all of zod is three times as large'],
]

const routerAlone = /^(@simplewebauthn\/server|bcrypt|better-sqlite3|jsonwebtoken|kysely|nodemailer|pg)$/

/** README has a row for each package. The benchmarks may use anything, and the root links the command. */
function packagesHaveAllowedDependencies({ packages, read }: House): string[] {
  const readme = read('README.md')
  return packages
    .filter(({ dir }) => dir !== '' && dir !== 'bench')
    .flatMap(({ dir, manifest: { dependencies = {}, devDependencies = {} } }) => {
      const [ships, others] = [dependencies, devDependencies].map((names) =>
        Object.keys(names).flatMap((name) => (name.startsWith('@app/') ? [name.slice('@app/'.length)] : [])),
      )
      const row = `| ${posix.basename(dir)} | ${ships?.join(', ')} | ${others?.join(', ')} |`
      const foreign = Object.keys({ ...dependencies, ...devDependencies }).filter((name) =>
        routerAlone.test(name),
      )
      return [
        ...(readme.includes(`\n${row}\n`) ? [] : [`README.md: has not the row: ${row}`]),
        ...(dir === 'packages/router' ? [] : foreign.map((name) => `${dir}: only the router uses ${name}`)),
      ]
    })
}

function importsRespectBoundaries({ imports }: House): string[] {
  return imports
    .filter(({ ships }) => ships)
    .flatMap(({ file, specifier, typeOnly }) =>
      boundaries
        .filter(([from, refuses]) => from.test(file) && refuses.test(specifier))
        .filter(([, , , allowsTypes]) => !(allowsTypes && typeOnly))
        .map(([, , reason]) => `${file}: imports ${specifier}, but ${reason}`),
    )
}

/** Production code imports only production dependencies; types may come from development dependencies. */
function runtimeImportsAreDependencies({ imports }: House): string[] {
  return imports.flatMap(({ file, from, ships, specifier, target, typeOnly }) => {
    const { name, dependencies, optionalDependencies } = from.manifest
    if (typeOnly || !ships || /^\.|^virtual:/.test(specifier) || isBuiltin(specifier)) return []
    if (target in { [name]: '', ...dependencies, ...optionalDependencies }) return []
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
function featuresAreImportedByPublicEntry({ imports }: House): string[] {
  const features = /^packages\/router\/src\/features\/([^/]+)(?:\/(.+))?$/
  return imports.flatMap(({ file, target }) => {
    const from = features.exec(file)?.[1]
    const [, to, inside = 'index.ts'] = features.exec(target) ?? []
    if (from === undefined || to === undefined || from === to || inside === 'index.ts') return []
    return [`${file}: reaches into the feature ${to}; import ../${to}/index.ts`]
  })
}

/** Folders of the web app are layers. Folders in an import cycle cannot be read, tested or removed alone. */
function webFoldersHaveNoImportCycle({ imports }: House): string[] {
  const src = 'apps/web/src'
  const folderOf = (file: string) => posix.relative(src, posix.dirname(file)).split('/')[0] || '.'
  let cycle = imports
    .filter(({ file, target }) => file.startsWith(`${src}/`) && target.startsWith(`${src}/`))
    .map(({ file, target }) => ({ from: folderOf(file), to: folderOf(target) }))
    .filter(({ from, to }) => from !== to)
  for (let before = -1; before !== cycle.length;) {
    before = cycle.length
    // Removes edges that cannot be part of a cycle: no edge follows them, or they follow none.
    cycle = cycle.filter(
      (edge) => cycle.some(({ from }) => from === edge.to) && cycle.some(({ to }) => to === edge.from),
    )
  }
  const folders = [...new Set(cycle.map(({ from }) => from))].toSorted()
  return cycle.length === 0 ? [] : [`${src}: folders import each other in a cycle: ${folders.join(', ')}`]
}

export const importRules = [
  packagesHaveAllowedDependencies,
  importsRespectBoundaries,
  runtimeImportsAreDependencies,
  relativeImportsStayInTheirPackage,
  featuresAreImportedByPublicEntry,
  webFoldersHaveNoImportCycle,
]
