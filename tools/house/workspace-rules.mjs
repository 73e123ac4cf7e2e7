import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** @typedef {import('./read-house.mjs').House} House */

/**
 * Who may depend on whom inside the workspace: [for what ships, for development]. The benchmarks may on
 * anything.
 */
const mayDepend = new Map([
  ['', [[], ['cli']]],
  ['packages/contract', [[], []]],
  ['packages/router', [['contract'], []]],
  ['packages/client', [['contract'], ['router']]],
  ['packages/client-pack', [['contract', 'router', 'client'], ['server']]],
  ['apps/server', [['contract', 'router', 'web'], ['client']]],
  ['apps/web', [['contract', 'client'], []]],
  ['apps/cli', [['contract', 'router', 'client'], ['server']]],
])
const exampleMayDepend = [['client'], ['server']]

const keptInTheRouter = ['bcrypt', 'better-sqlite3', 'jsonwebtoken', 'kysely', 'pg']
const drawers = /(^|\/)(utils?|misc|helpers?|common|services?)(\.[^/]*)?(\/|$)/

/** @param {House} house */
function packagesDependOnTheirNeighboursOnly(house) {
  return house.packages.flatMap(({ dir, manifest }) => {
    if (dir === 'bench') return []
    const [shipped, development] = mayDepend.get(dir) ?? exampleMayDepend
    return [
      ...ours(manifest.dependencies).filter((name) => !shipped?.includes(name)),
      ...ours(manifest.devDependencies).filter(
        (name) => ![...(shipped ?? []), ...(development ?? [])].includes(name),
      ),
    ].map((name) => `${join(dir, 'package.json')}: must not depend on @app/${name}`)
  })
}

/** @param {House} house */
function onlyTheRouterHasSqlAndSecrets(house) {
  return house.packages
    .filter(({ dir }) => dir !== 'packages/router' && dir !== 'bench')
    .flatMap(({ dir, manifest }) =>
      Object.keys({ ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies })
        .filter((name) => keptInTheRouter.includes(name))
        .map((name) => `${join(dir, 'package.json')}: ${name} belongs to the router alone`),
    )
}

/** @param {House} house */
function namesSayWhatIsInside(house) {
  return house.files
    .filter((file) => drawers.test(file))
    .map((file) => `${file}: a drawer; name files and folders after what they hold`)
}

/**
 * A package that the root tsconfig does not reference is not type-checked, and tests without a script never
 * run.
 *
 * @param {House} house
 */
function everyPackageIsChecked(house) {
  const { references } = JSON.parse(readFileSync(join(house.root, 'tsconfig.json'), 'utf8'))
  const referenced = references.map((/** @type {{ path: string }} */ { path }) => path.replace('./', ''))
  return house.packages.flatMap(({ dir, manifest }) => {
    if (dir === '') return []
    const problems = []
    const known = referenced.includes(dir) || (dir.startsWith('examples/') && referenced.includes('examples'))
    if (!known) problems.push(`tsconfig.json: does not reference ${dir}`)
    const tests = house.files.some((file) => file.startsWith(`${dir}/`) && /\.test\.tsx?$/.test(file))
    if (tests && !manifest.scripts?.['test'] && !manifest.scripts?.['test:e2e'])
      problems.push(`${dir}/package.json: has tests and no test script`)
    return problems
  })
}

/**
 * An address in the lockfile would tie every install to the registry of whoever wrote it.
 *
 * @param {House} house
 */
function lockfileNamesNoRegistry(house) {
  const lockfile = join(house.root, 'pnpm-lock.yaml')
  if (!existsSync(lockfile)) return []
  const address = /https?:\/\/\S+|tarball:/.exec(readFileSync(lockfile, 'utf8'))
  return address ? [`pnpm-lock.yaml: names an address, ${address[0]}`] : []
}

/** @param {Record<string, string> | undefined} dependencies */
function ours(dependencies = {}) {
  return Object.keys(dependencies)
    .filter((name) => name.startsWith('@app/'))
    .map((name) => name.slice('@app/'.length))
}

export const workspaceRules = [
  packagesDependOnTheirNeighboursOnly,
  onlyTheRouterHasSqlAndSecrets,
  namesSayWhatIsInside,
  everyPackageIsChecked,
  lockfileNamesNoRegistry,
]
