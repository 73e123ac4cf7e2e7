import { posix } from 'node:path'

/**
 * Drops what a document says of removed files: table rows and list items that link to one or name it, and
 * paragraphs and listings that do.
 *
 * @param {string} text
 * @param {string} file its path, because links are relative to it
 * @param {(path: string) => boolean} isRemoved
 */
export function dropNotesFromDocument(text, file, isRemoved) {
  const namesRemoved = (/** @type {string} */ piece) =>
    [
      ...[...piece.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, to = '']) =>
        posix.join(posix.dirname(file), to),
      ),
      ...[...piece.matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name),
      ...[...piece.matchAll(/(?:title="|<!-- from )([^\s"]+)/g)].map(([, name = '']) => name),
    ].some(isRemoved)
  return text
    .split('\n\n')
    .map((block) => (/^(\||[-*] |\d+\. )/m.test(block) ? withoutItems(block, namesRemoved) : block))
    .filter((block) => !namesRemoved(block))
    .join('\n\n')
}

/**
 * A row is a line; an item goes on with indented lines. Those of settings and failures of notes go, too.
 *
 * @param {string} block
 * @param {(piece: string) => boolean} namesRemoved
 */
function withoutItems(block, namesRemoved) {
  return block
    .split(/\n(?=\||[-*] |\d+\. )/)
    .filter((item) => !namesRemoved(item) && !/`(NOTES?_|TOO_MANY_NOTES)/.test(item))
    .join('\n')
}

/**
 * Drops the tests of removed files from the ASVS map, and planted faults that need a removed file. A
 * requirement that loses its last test is no longer met by one.
 *
 * @param {string} text a list of entries as JSON
 * @param {(path: string) => boolean} isRemoved
 */
export function dropNotesFromMap(text, isRemoved) {
  const fileOf = (/** @type {string} */ test) => test.split(' > ', 1)[0] ?? ''
  const entries = JSON.parse(text)
    .filter(
      (/** @type {{ file?: string, test?: string }} */ { file = '', test = '' }) =>
        !isRemoved(file) && !isRemoved(fileOf(test)),
    )
    .map((/** @type {{ tests?: string[] }} */ entry) =>
      entry.tests === undefined
        ? entry
        : withTests(
            entry,
            entry.tests.filter((test) => !isRemoved(fileOf(test))),
          ),
    )
  return `${JSON.stringify(entries, null, 2)}\n`
}

/**
 * @param {{ tests?: string[], documents?: string[] }} entry
 * @param {string[]} tests
 */
function withTests(entry, tests) {
  if (tests.length > 0 || entry.tests?.length === 0 || (entry.documents ?? []).length > 0)
    return { ...entry, tests }
  return {
    ...entry,
    tests,
    status: 'not-met',
    note: 'The notes met this. Write a test for your own features.',
  }
}
