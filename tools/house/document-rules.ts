import { globSync } from 'node:fs'
import { posix } from 'node:path'
import type { House } from './read-house.ts'

const documentFiles = ['*.md', 'docs/**/*.md', 'bench/*.md']
const ourPath = /^(?:\.ci|\.github|apps|bench|deploy|docs|examples|packages|tools)\/[\w.*/-]*$/
const identifierPart = /[a-z][A-Z]|[A-Z]_[A-Z]/
const codeFile = /\.(?:tsx?|mjs|css|html|json|ya?ml|service)$|\.env\.example$/

/** Names that others define: Node, and a variable that Lighthouse reads. */
const foreignNames = new Set(['parseEnv', 'CHROME_PATH'])

/** Checks the paths in links and in back-ticks outside of listings. */
function documentsNameWhatExists(house: House): string[] {
  return documents(house).flatMap(({ file, prose }) => {
    const links = [...prose.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, to = '']) =>
      posix.join(posix.dirname(file), to),
    )
    const names = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name)
    return [...new Set([...links, ...names.filter((name) => ourPath.test(name))])]
      .filter((path) => globSync(path, { cwd: house.root }).length === 0)
      .map((path) => `${file}: names ${path}, which does not exist`)
  })
}

/** Checks that a listing under `<!-- from path -->` is a piece of that file. Indentation may differ. */
function documentsQuoteTheCode(house: House): string[] {
  const flat = (text: string) => text.replace(/^ +/gm, '').trim()
  return documents(house).flatMap(({ file, text }) =>
    [...text.matchAll(/^<!-- from (\S+) -->\n```\w*\n(.*?)^```$/gms)]
      .filter(([, source = '', listing = '']) => !flat(house.read(source)).includes(flat(listing)))
      .map(([, source]) => `${file}: quotes ${source}, which does not have that text`),
  )
}

function documentsRunScriptsThatExist(house: House): string[] {
  const scripts = house.packages[0]?.manifest.scripts ?? {}
  return documents(house).flatMap(({ file, text }) =>
    [...text.matchAll(/(?:^|`)npm (?:run )?(?!install\b)([a-z][\w:-]*)/gm)]
      .filter(([, name = '']) => !(name in scripts))
      .map(([, name]) => `${file}: runs npm ${name}, which is no script of package.json`),
  )
}

/** Finds identifiers in back-ticks that no file has: `fooBar`, `FooBar`, `FOO_BAR`, `foo()`, `a.fooBar`. */
function documentsNameIdentifiersThatExist(house: House): string[] {
  const atTheRoot = globSync(['*.json', '.*rc.json', '.env.example'], { cwd: house.root })
  const code = [...house.files, ...atTheRoot].filter(
    (file) => codeFile.test(file) && !file.startsWith('docs/'),
  )
  const known = new Set(code.flatMap((file) => house.read(file).match(/[A-Za-z_$][\w$]*/g) ?? []))
  return documents(house).flatMap(({ file, prose }) =>
    [...prose.matchAll(/`([\w$.]+)(\([^`\n]*\))?`/g)]
      .flatMap(([, path = '', call]) =>
        path.split('.').filter((name) => name !== '' && (call || identifierPart.test(name))),
      )
      .filter((name) => !known.has(name) && !foreignNames.has(name))
      .map((name) => `${file}: names ${name}, which is not in the code`),
  )
}

function documents({ root, read }: House): { file: string; text: string; prose: string }[] {
  return globSync(documentFiles, { cwd: root, exclude: ['**/node_modules'] })
    .map((name) => name.replaceAll('\\', '/'))
    .map((file) => ({ file, text: read(file), prose: read(file).replace(/^```.*?^```$/gms, '') }))
}

export const documentRules = [
  documentsNameWhatExists,
  documentsQuoteTheCode,
  documentsRunScriptsThatExist,
  documentsNameIdentifiersThatExist,
]
