import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'oxc-parser'
import { documents } from './document-rules.mjs'

/** @typedef {import('./read-house.mjs').House} House */

const maxColumns = 110
const script = /\.(?:tsx?|mjs)$/

/** Of others: Node's, and the variable that Lighthouse reads. */
const foreignNames = new Set(['parseEnv', 'CHROME_PATH'])

/**
 * Finds comments over 110 columns in scripts and style sheets.
 *
 * @param {House} house
 */
function commentsFitTheWidth(house) {
  return sources(house, /\.(?:tsx?|mjs|css)$/).flatMap(({ file, text }) => {
    const lines = text.split('\n')
    if (lines.every((line) => line.length <= maxColumns)) return []
    const comments = script.test(file)
      ? parseSync(file, text).comments
      : [...text.matchAll(/\/\*.*?\*\//gs)].map(({ index, 0: { length } }) => ({
          start: index,
          end: index + length,
        }))
    const inComment = comments.flatMap(({ start, end }) => {
      const first = text.slice(0, start).split('\n').length
      return Array.from(text.slice(start, end).split('\n'), (_, line) => first + line)
    })
    return [...new Set(inComment)]
      .filter((line) => (lines[line - 1]?.length ?? 0) > maxColumns)
      .map((line) => `${file}:${line}: a comment over ${maxColumns} columns`)
  })
}

/**
 * Finds constants in SCREAMING_CASE: every variable is in camelCase. No linter of ours knows the rule.
 *
 * @param {House} house
 */
function constantsAreCamelCase(house) {
  return sources(house, script).flatMap(({ file, text }) =>
    [...text.matchAll(/^\s*(?:export )?const ([A-Z][A-Z\d_]+)\b/gm)].map(
      ([, name]) => `${file}: the constant ${name} is not in camelCase`,
    ),
  )
}

/**
 * Finds identifiers in back-ticks that no file has: `fooBar`, `FooBar`, `FOO_BAR`, `foo()`, `a.fooBar`.
 *
 * @param {House} house
 */
function documentsNameIdentifiersThatExist(house) {
  const atTheRoot = globSync(['*.json', '.*rc.json', '.env.example'], { cwd: house.root })
  const known = new Set(
    sources(
      { ...house, files: [...house.files, ...atTheRoot] },
      /\.(?:tsx?|mjs|css|html|json|ya?ml)$|\.env\.example$/,
    )
      .filter(({ file }) => !file.startsWith('docs/'))
      .flatMap(({ text }) => text.match(/[A-Za-z_$][\w$]*/g) ?? []),
  )
  return documents(house).flatMap(({ file, text }) =>
    [...text.replace(/^```.*?^```$/gms, '').matchAll(/`([\w$.]+)(\([^`\n]*\))?`/g)]
      .flatMap(([, path = '', call]) =>
        path.split('.').filter((name) => name !== '' && (call || isIdentifier(name))),
      )
      .filter((name) => !known.has(name) && !foreignNames.has(name))
      .map((name) => `${file}: names ${name}, which is not in the code`),
  )
}

/** @param {string} name */
function isIdentifier(name) {
  return /[a-z][A-Z]|[A-Z]_[A-Z]/.test(name)
}

/**
 * @param {House} house
 * @param {RegExp} wanted
 */
function sources({ root, files }, wanted) {
  return files
    .filter((file) => wanted.test(file))
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))
}

export const languageRules = [commentsFitTheWidth, constantsAreCamelCase, documentsNameIdentifiersThatExist]
