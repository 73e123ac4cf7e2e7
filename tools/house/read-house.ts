import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { parseSync } from 'oxc-parser'

type Field = 'scripts' | 'dependencies' | 'devDependencies' | 'optionalDependencies'

interface Package {
  /** '' for the root, which contains the tools. */
  dir: string
  manifest: { name: string } & Partial<Record<Field, Record<string, string>>>
}

/** All paths are relative to the root, with forward slashes. */
export interface House {
  root: string
  /** The files of the packages, deployments, tools and documents, without installed and built files. */
  files: string[]
  /** The root first. */
  packages: Package[]
  /** The target is a file, or the name of a package. Tests, their support and configurations do not ship. */
  imports: (Specifier & { file: string; from: Package; ships: boolean; target: string })[]
  /** Reads a file; '' if there is none. */
  read(file: string): string
}

interface Specifier {
  specifier: string
  typeOnly: boolean
}

const folders = '{apps,packages,examples,bench,deploy,tools,docs}/**'
const notOurs = new Set(['node_modules', 'dist', '.cache', '.turbo', 'test-results', 'coverage', 'data'])

export function readHouse(root: string): House {
  const texts: Record<string, string> = {}
  const read = (file: string) =>
    (texts[file] ??= existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '')
  const readPackage = (dir: string): Package => ({
    dir,
    manifest: JSON.parse(read(posix.join(dir, 'package.json'))),
  })
  const exclude = ({ name }: { name: string }) => notOurs.has(name)
  const files = globSync(folders, { cwd: root, withFileTypes: true, exclude })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, '/').length).replaceAll('\\', '/'))
  const manifests = files.filter((file) =>
    /^((apps|packages|examples)\/[^/]+|bench)\/package\.json$/.test(file),
  )
  const main = readPackage('')
  const packages = [main, ...manifests.map((file) => readPackage(posix.dirname(file)))]
  const imports = files
    .filter((file) => /\.(tsx?|mjs)$/.test(file))
    .flatMap((file) => {
      const from = packages.find(({ dir }) => file.startsWith(`${dir}/`)) ?? main
      const ships = /\/src\//.test(file) && !/\.test\.tsx?$|\/testing\/|\/test\//.test(file)
      return readSpecifiers(file, read(file)).map((found) => {
        const name = /^(@[^/]+\/)?[^/]+/.exec(found.specifier)?.[0] ?? ''
        const target = name.startsWith('.') ? posix.join(posix.dirname(file), found.specifier) : name
        return { ...found, file, from, ships, target }
      })
    })
  return { root, files, packages, imports, read }
}

/** Reads what a module imports, re-exports and loads with `import('literal')`. */
function readSpecifiers(file: string, source: string): Specifier[] {
  const { staticImports, staticExports, dynamicImports } = parseSync(file, source).module
  return [
    ...staticImports.map(({ moduleRequest, entries }) => ({
      specifier: moduleRequest.value,
      typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
    })),
    ...staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) =>
        moduleRequest ? [{ specifier: moduleRequest.value, typeOnly: isType }] : [],
      ),
    ),
    ...dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
      const literal = /^['"`]([^'"`$]+)['"`]$/.exec(source.slice(start, end))
      return literal?.[1] ? [{ specifier: literal[1], typeOnly: false }] : []
    }),
  ]
}
