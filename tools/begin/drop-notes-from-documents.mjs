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
 * Drops what needs a removed file from the planted faults and from the ASVS map. A requirement that loses its
 * last fault, or all that shows it, counts as not met: the tree does not show it any more.
 *
 * @param {string} faultsText docs/asvs-faults.json
 * @param {string} mapText docs/asvs-map.json
 * @param {(path: string) => boolean} isRemoved
 */
export function dropNotesFromAsvs(faultsText, mapText, isRemoved) {
  const isGone = (/** @type {string} */ test) => isRemoved(test.split(' > ', 1)[0] ?? '')
  /** @type {{ ids: string[], file: string, test: string }[]} */
  const before = JSON.parse(faultsText)
  const faults = before.filter(({ file, test }) => !isRemoved(file) && !isGone(test))
  const shown = new Set(faults.flatMap(({ ids }) => ids))
  const lost = new Set(before.flatMap(({ ids }) => ids).filter((id) => !shown.has(id)))
  /** @type {import('../house/asvs-rules.ts').Requirement[]} */
  const map = JSON.parse(mapText)
  const entries = map.map((entry) => {
    const tests = (entry.tests ?? []).filter((test) => !isGone(test))
    const isShown = tests.length + (entry.documents ?? []).length > 0 && !lost.has(entry.id)
    if (entry.status !== 'met' || isShown) return entry.tests === undefined ? entry : { ...entry, tests }
    return {
      ...entry,
      tests,
      status: 'not-met',
      note: 'The notes showed this. Show it with a feature of yours.',
    }
  })
  const write = (/** @type {unknown} */ value) => `${JSON.stringify(value, null, 2)}\n`
  return { faults: write(faults), map: write(entries) }
}
