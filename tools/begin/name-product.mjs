import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** @typedef {import('./begin-record.mjs').BeginRecord} BeginRecord */

const productFile = 'packages/contract/src/product.ts'

const documents = ['{*,docs/**/*,{apps,bench,examples,packages}/*/**/*}.md']
const metricReaders = ['deploy/monitoring/*']

/**
 * Checks whether documents use a new name, or its slug, as a word: "Notes". A later rename could not tell
 * where they mean the product.
 *
 * @param {string} root
 * @param {Pick<BeginRecord, 'name' | 'slug'>} names
 */
export function isOrdinaryName(root, { name, slug }) {
  const before = readProduct(root)
  const words = [name, slug].filter((each) => each !== before.name && each !== before.slug).map(wordOf)
  return filesOf(root, documents).some((file) => {
    const text = readFileSync(join(root, file), 'utf8')
    return words.some((word) => text.search(word) !== -1)
  })
}

/**
 * Writes the owner's answers to product.ts, which the code reads, and to files that cannot import it:
 * manifests, documents and `.env.example`. Documents keep an earlier name that they also use as a word.
 *
 * @param {string} root
 * @param {BeginRecord} record
 * @param {BeginRecord} [earlier] the answers of an earlier run
 * @throws if a file has no place for an answer
 */
export function nameProduct(root, { name, slug, signup }, earlier) {
  const before = readProduct(root)
  edit(root, productFile, (source) =>
    Object.entries({ name, slug, command: slug, signup }).reduce(
      (text, [key, value]) => replaceOnce(text, lineOf(key), `$1'${value}'`),
      source,
    ),
  )
  edit(root, 'package.json', (text) => replaceOnce(text, /("name": )"[^"]*"/, `$1"${slug}"`))
  edit(root, 'apps/cli/package.json', (text) => replaceOnce(text, /("bin": \{\s*)"[^"]*"/, `$1"${slug}"`))
  edit(root, '.env.example', (text) => replaceOnce(text, /^(# SIGNUP=).*/m, `$1${signup}`))
  edit(root, 'docs/operations.md', (text) => replaceOnce(text, /^(\| `SIGNUP` \| )`\w+`/m, `$1\`${signup}\``))
  for (const file of filesOf(
    root,
    earlier?.ordinaryName ? metricReaders : [...documents, ...metricReaders],
  )) {
    edit(root, file, (text) =>
      text
        .replaceAll(wordStartOf(metricPrefixOf(before.slug)), metricPrefixOf(slug))
        .replaceAll(wordOf(before.name), () => name)
        .replaceAll(wordOf(before.slug), slug),
    )
  }
}

/**
 * @param {string} root
 * @param {string[]} patterns
 */
function filesOf(root, patterns) {
  return globSync(patterns, { cwd: root }).filter(
    (file) => !file.includes('node_modules') && file !== 'CHANGELOG.md',
  )
}

/** @param {string} text */
function wordOf(text) {
  return new RegExp(`${wordStartOf(text).source}(?![\\p{L}\\p{N}])`, 'gu')
}

/** @param {string} text */
function wordStartOf(text) {
  return new RegExp(`(?<![\\p{L}\\p{N}_])${text.replaceAll('.', '\\.')}`, 'gu')
}

/**
 * @param {string} root
 * @returns {{ name: string, slug: string }}
 */
function readProduct(root) {
  const text = readFileSync(join(root, productFile), 'utf8')
  const [name = '', slug = ''] = ['name', 'slug'].map(
    (key) => /'([^']*)'/.exec(lineOf(key).exec(text)?.[0] ?? '')?.[1],
  )
  return { name, slug }
}

/**
 * Returns how the names of metrics begin: they have no dashes.
 *
 * @param {string} slug
 */
function metricPrefixOf(slug) {
  return `${slug.replaceAll('-', '_')}_`
}

/** @param {string} key */
function lineOf(key) {
  return new RegExp(`^( +${key}: )'[^']*'`, 'm')
}

/**
 * @param {string} text
 * @param {RegExp} pattern
 * @param {string} replacement
 */
function replaceOnce(text, pattern, replacement) {
  if (!pattern.test(text)) throw new Error(`Nothing matches ${pattern}.`)
  return text.replace(pattern, replacement)
}

/**
 * @param {string} root
 * @param {string} file
 * @param {(text: string) => string} change
 */
function edit(root, file, change) {
  const path = join(root, file)
  const text = readFileSync(path, 'utf8')
  let changed
  try {
    changed = change(text)
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
  if (changed !== text) writeFileSync(path, changed)
}
