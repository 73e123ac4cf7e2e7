import { existsSync, globSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'

/** @typedef {import('./read-house.mjs').House} House */

const documentFiles = ['*.md', 'docs/**/*.md', 'bench/*.md']
const ourPath = /^(?:\.ci|\.github|apps|bench|docs|examples|packages|tools)\/[\w.*/-]*$/
const fenced = /^```.*?^```$/gms

/**
 * A path in a document is a promise that there is something to open: in a link, or as `code` outside of
 * listings.
 *
 * @param {House} house
 */
function documentsNameWhatExists(house) {
  return documents(house).flatMap(({ file, text }) => {
    const prose = text.replace(fenced, '')
    const links = [...prose.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, to = '']) =>
      posix.join(posix.dirname(file), to),
    )
    const names = [...prose.matchAll(/`([^`\n]+)`/g)]
      .map(([, name = '']) => name)
      .filter((name) => ourPath.test(name))
    return [...new Set([...links, ...names])]
      .filter((path) => globSync(path, { cwd: house.root }).length === 0)
      .map((path) => `${file}: names ${path}, which does not exist`)
  })
}

/**
 * A listing under `<!-- from path -->` is a piece of that file, so it compiles as long as the file does.
 * Indentation may differ.
 *
 * @param {House} house
 */
function documentsQuoteTheCode(house) {
  return documents(house).flatMap(({ file, text }) =>
    [...text.matchAll(/^<!-- from (\S+) -->\n```\w*\n(.*?)^```$/gms)].flatMap(
      ([, source = '', listing = '']) => {
        const path = `${house.root}/${source}`
        const isThere = existsSync(path) && flat(readFileSync(path, 'utf8')).includes(flat(listing))
        return isThere ? [] : [`${file}: quotes ${source}, which does not hold that text`]
      },
    ),
  )
}

/** @param {House} house */
function documentsRunScriptsThatExist(house) {
  const scripts = Object.keys(house.packages[0]?.manifest.scripts ?? {})
  return documents(house).flatMap(({ file, text }) =>
    [
      ...new Set(
        [...text.matchAll(/(?:^|`)npm (?:run )?(?!install\b)([a-z][\w:-]*)/gm)].map(([, name = '']) => name),
      ),
    ]
      .filter((name) => !scripts.includes(name))
      .map((name) => `${file}: runs npm ${name}, which is no script of package.json`),
  )
}

/** @param {House} house */
export function documents({ root }) {
  return globSync(documentFiles, { cwd: root, exclude: ['**/node_modules'] }).map((name) => {
    const file = name.replaceAll('\\', '/')
    return { file, text: readFileSync(`${root}/${file}`, 'utf8') }
  })
}

/** @param {string} text */
function flat(text) {
  return text.replace(/^ +/gm, '').trim()
}

export const documentRules = [documentsNameWhatExists, documentsQuoteTheCode, documentsRunScriptsThatExist]
