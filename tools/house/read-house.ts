import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'oxc-parser'

type Field = 'scripts' | 'dependencies' | 'devDependencies' | 'optionalDependencies'
type Manifest = { name: string } & Partial<Record<Field, Record<string, string>>>

/** All paths are relative to the root, with forward slashes. */
export interface House {
  root: string
  /** The files of the packages, tools and documents, but for what is installed or built. */
  files: string[]
  /** The root first; its `dir` is ''. */
  packages: { dir: string; manifest: Manifest }[]
  imports: { file: string; specifier: string; typeOnly: boolean }[]
  /** Reads a file; '' if there is none. */
  read(file: string): string
}

const folders = '{apps,packages,examples,bench,tools,docs}/**'
const notOurs = new Set(['node_modules', 'dist', '.cache', '.turbo', 'test-results', 'coverage', 'data'])

export function readHouse(root: string): House {
  const texts = new Map<string, string>()
  const read = (file: string): string => {
    const text =
      texts.get(file) ?? (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '')
    texts.set(file, text)
    return text
  }
  const exclude = ({ name }: { name: string }) => notOurs.has(name)
  const files = globSync(folders, { cwd: root, withFileTypes: true, exclude })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, '/').length).replaceAll('\\', '/'))
  const manifests = globSync('{{apps,packages,examples}/*,bench}/package.json', { cwd: root })
  const packages = ['package.json', ...manifests.map((file) => file.replaceAll('\\', '/'))].map((file) => ({
    dir: file.replace(/\/?package\.json$/, ''),
    manifest: JSON.parse(read(file)) as Manifest,
  }))
  const imports = files
    .filter((file) => /\.(tsx?|mjs)$/.test(file))
    .flatMap((file) => readImports(file, read(file)).map((found) => ({ file, ...found })))
  return { root, files, packages, imports, read }
}

/** Reads what a module imports, re-exports and loads with `import('literal')`. */
function readImports(file: string, source: string): { specifier: string; typeOnly: boolean }[] {
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

/** Finds the package of a file; for tools that is the root. */
export function packageOf({ root, packages }: House, file: string): House['packages'][number] {
  const found = packages.find(({ dir }) => dir !== '' && file.startsWith(`${dir}/`)) ?? packages[0]
  if (!found) throw new Error(`no package.json in ${root}`)
  return found
}

/** Tests, their support and configurations of tools do not ship. */
export function ships(file: string): boolean {
  return /\/src\//.test(file) && !/\.test\.tsx?$|\/testing\/|\/test\//.test(file)
}
