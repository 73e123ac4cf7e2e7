import { existsSync, readFileSync } from 'node:fs'
import { readTestTitles } from './read-test-titles.mjs'

/**
 * What one requirement of the OWASP ASVS asks, in our words, and what shows that we do it.
 *
 * @typedef {object} Requirement
 * @property {string} id
 * @property {1 | 2 | 3} level
 * @property {string} says
 * @property {'met' | 'not-met' | 'not-applicable'} status
 * @property {string[]} tests `file > group > title`; the groups may be left out
 * @property {string[]} [documents] for what asks for documents
 * @property {string} [note]
 */

const statuses = { met: 'met', 'not-met': '**not met**', 'not-applicable': 'does not apply' }
const knownKeys = ['id', 'level', 'says', 'status', 'tests', 'documents', 'note']

/**
 * @param {string} root
 * @returns {Requirement[]}
 */
export function readAsvsMap(root) {
  return JSON.parse(readFileSync(`${root}/docs/asvs-map.json`, 'utf8'))
}

/**
 * What is wrong with the map: a requirement that is nothing of the kind, or that leans on a test that is not
 * there.
 *
 * @param {readonly Requirement[]} map
 * @param {string} root
 * @returns {string[]}
 */
export function asvsMapProblems(map, root) {
  const ids = map.map(({ id }) => id)
  return [
    ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${id} stands there twice`),
    ...map.flatMap((requirement) =>
      problemsOf(requirement).map((problem) => `${requirement.id}: ${problem}`),
    ),
    ...map.flatMap(({ id, tests }) =>
      tests.filter((test) => !isThere(test, root)).map((test) => `${id}: there is no test ${test}`),
    ),
    ...map.flatMap(({ id, documents = [] }) =>
      documents.filter((name) => !existsSync(`${root}/${name}`)).map((name) => `${id}: there is no ${name}`),
    ),
  ]
}

/** @param {Requirement} requirement */
function problemsOf({ id, level, says, status, tests, documents = [], note, ...more }) {
  return [
    ...(/^V\d+\.\d+\.\d+$/.test(id) ? [] : ['is no id of the form V1.2.3']),
    ...([1, 2, 3].includes(level) ? [] : [`has no level: ${level}`]),
    ...(says?.endsWith('.') ? [] : ['is not put into a sentence']),
    ...(status in statuses ? [] : [`has an unknown status: ${status}`]),
    ...(status === 'met' && tests.length + documents.length === 0 ? ['is met, and nothing shows it'] : []),
    ...(status !== 'met' && !note ? ['is not met, and no note says why'] : []),
    ...Object.keys(more).map((key) => `has an unknown key: ${key}, where ${knownKeys.join(', ')} are known`),
  ]
}

/**
 * @param {string} test
 * @param {string} root
 */
function isThere(test, root) {
  const [file = '', ...titles] = test.split(' > ')
  if (!existsSync(`${root}/${file}`)) return false
  const wanted = titles.join(' > ')
  const there = readTestTitles(file, readFileSync(`${root}/${file}`, 'utf8'))
  return there.some((title) => title === wanted || title.endsWith(` > ${wanted}`))
}

/**
 * The map as it stands in docs/asvs.md, between the two marks.
 *
 * @param {readonly Requirement[]} map
 */
function asvsTable(map) {
  const lines = map.map(({ id, level, says, status, tests, documents = [], note }) => {
    const shown = [
      ...tests.map((test) => `\`${test.split(' > ')[0]?.split('/').at(-1)}\`: ${test.split(' > ').at(-1)}`),
      ...documents.map((name) => `[${name}](${name === 'docs/security.md' ? 'security.md' : `../${name}`})`),
    ]
    const cells = [id, level, says, statuses[status], [...shown, ...(note ? [note] : [])].join('<br>')]
    return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`
  })
  return ['| id | level | in our words | | shown by |', '| --- | --- | --- | --- | --- |', ...lines].join(
    '\n',
  )
}

const beginMark = '<!-- the map: node tools/write-asvs-table.mjs -->'
const endMark = '<!-- the end of the map -->'

/**
 * @param {string} page
 * @param {readonly Requirement[]} map
 */
export function withAsvsTable(page, map) {
  const [before, rest] = page.split(beginMark)
  const after = rest?.split(endMark)[1]
  if (before === undefined || after === undefined)
    throw new Error('docs/asvs.md has lost the marks of the map')
  return `${before}${beginMark}\n\n${asvsTable(map)}\n\n${endMark}${after}`
}
