// A guide has new files as ```ts title="path"``` and changes of files as ```diff title="path"```.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const listing = /^```(\w+) title="([^"]+)"\n(.*?)^```$/gms

/**
 * Applies the listings of a guide literally.
 *
 * @param {string} root the tree to change
 * @param {string} guide the text of the document
 * @returns {string[]} the paths of the changed and new files
 * @throws if a new file exists already, or if the lines around a change do not occur exactly once
 */
export function applyGuide(root, guide) {
  const listings = [...guide.matchAll(listing)]
  return listings.map(([, language, path = '', text = '']) => {
    const file = join(root, path)
    if (language === 'diff') writeFileSync(file, patched(readFileSync(file, 'utf8'), text, path))
    else {
      if (existsSync(file)) throw new Error(`The guide writes ${path} as a new file, but it exists.`)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
    }
    return path
  })
}

/**
 * Applies the hunks of a diff without line numbers; a line "…" separates two of them.
 *
 * @param {string} source
 * @param {string} diff
 * @param {string} path
 */
function patched(source, diff, path) {
  return diff.split(/^…\n/m).reduce((text, hunk) => {
    const lines = hunk.split('\n').slice(0, -1)
    const before = side(lines, '-')
    const parts = text.split(before)
    if (parts.length !== 2) {
      throw new Error(`${path}: expected once, but found ${parts.length - 1} times:\n${before}`)
    }
    return parts.join(side(lines, '+'))
  }, source)
}

/**
 * @param {string[]} lines
 * @param {'-' | '+'} sign
 */
function side(lines, sign) {
  const kept = lines.filter((line) => line.startsWith(' ') || line.startsWith(sign))
  return kept.map((line) => `${line.slice(1)}\n`).join('')
}
