import { posix } from 'node:path'

/**
 * Removes the table rows, list items, paragraphs and listings of a document that link to a removed file, name
 * it or its benchmark.
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
      ...[...piece.matchAll(/npm run bench -- ([\w-]+)/g)].map(([, name = '']) => programOf(name)),
    ].some(isRemoved)
  return withoutBenchmarks(text, isRemoved)
    .split('\n\n')
    .map((block) => (/^(\||[-*] |\d+\. )/m.test(block) ? withoutItems(block, namesRemoved) : block))
    .filter((block) => !namesRemoved(block))
    .join('\n\n')
}

/** @param {string} benchmark */
const programOf = (benchmark) => `bench/src/${benchmark}.ts`

/**
 * Removes the text below the heading of a section whose first listing runs a removed benchmark. The heading
 * stays, because decisions link to it.
 *
 * @param {string} text
 * @param {(path: string) => boolean} isRemoved
 */
function withoutBenchmarks(text, isRemoved) {
  return text
    .split(/^(?=## )/m)
    .map((section) => {
      const [, name = ''] = /^```\nnpm run bench -- ([\w-]+)/m.exec(section) ?? []
      const [heading] = section.split('\n', 1)
      return isRemoved(programOf(name))
        ? `${heading}\n\nThis benchmark used the notes, which were removed.\n\n`
        : section
    })
    .join('')
}

/**
 * Removes table rows, which are one line, and list items with their indented lines. It also removes the rows
 * of settings and failures of notes, and those that begin with the feature, its table or its scopes.
 *
 * @param {string} block
 * @param {(piece: string) => boolean} namesRemoved
 */
function withoutItems(block, namesRemoved) {
  return block
    .split(/\n(?=\||[-*] |\d+\. )/)
    .filter((item) => !namesRemoved(item) && !/`(NOTES?_|TOO_MANY_NOTES)|^\| `notes[`:.]/.test(item))
    .join('\n')
}

/**
 * Removes faults and tests of removed files from the planted faults and the ASVS map. A requirement without a
 * fault, or without a test and document, becomes not met.
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
      note: 'The removed notes had the test. Add one for a feature of yours.',
    }
  })
  const write = (/** @type {unknown} */ value) => `${JSON.stringify(value, null, 2)}\n`
  return { faults: write(faults), map: write(entries) }
}
