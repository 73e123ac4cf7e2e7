import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { faultProblems, readFaults } from './faults/faults.mjs'
import { asvsMapProblems, readAsvsMap, withAsvsTable } from './house/asvs-map.mjs'
import { readTestTitles } from './house/read-test-titles.mjs'
import { plantTree } from './planted-tree.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

test('every requirement of the ASVS leans on tests and documents that exist', () => {
  expect(asvsMapProblems(readAsvsMap(root), root)).toEqual([])
})

test('the map holds every requirement of every level', () => {
  const map = readAsvsMap(root)
  const ofLevel = (wanted: number) => map.filter(({ level }) => level === wanted)
  // ASVS 5.0.0 has so many.
  expect([1, 2, 3].map((level) => ofLevel(level).length)).toEqual([70, 183, 92])
})

test('a fault is planted for every requirement that is met, in code that is still there', () => {
  expect(faultProblems(readFaults(root), readAsvsMap(root), root)).toEqual([])
})

test('the page shows the map as it is', () => {
  const page = readFileSync(`${root}/docs/asvs.md`, 'utf8')
  expect(withAsvsTable(page, readAsvsMap(root)), 'run: node tools/write-asvs-table.mjs').toBe(page)
})

const source = `
  import { describe, test } from 'vitest'
  describeOnEach('a group', (kind) => {
    test('inside', () => { test.skipIf(kind)('deeper', () => {}) })
    test.each(['a', 'b'])('%s of many', () => {})
    test.each\`a\`('by a table', () => {})
  })
  describe.skipIf(true)('another', () => { it(\`of \${kind}\`, () => {}) })
  test('last', { timeout: 1 }, () => {})
  test.beforeEach(() => {})
`

test('titles are read from the source, with their groups', () => {
  expect(readTestTitles('planted.test.ts', source)).toEqual([
    'a group > inside',
    'a group > deeper',
    'a group > %s of many',
    'a group > by a table',
    'another > of …',
    'last',
  ])
})

const sound = {
  id: 'V1.2.3',
  level: 1,
  says: 'A sentence.',
  status: 'met',
  tests: ['a.test.ts > inside'],
} as const

test.each([
  ['V1.2.3: there is no test a.test.ts > outside', { tests: ['a.test.ts > outside'] }],
  ['V1.2.3: there is no test a.test.ts > side', { tests: ['a.test.ts > side'] }],
  ['V1.2.3: there is no test b.test.ts > inside', { tests: ['b.test.ts > inside'] }],
  ['V1.2.3: is met, and nothing shows it', { tests: [] }],
  ['V1.2.3: is not met, and no note says why', { status: 'not-met' as const }],
  ['V1.2.3: there is no docs/none.md', { documents: ['docs/none.md'] }],
  ['1.2.3: is no id of the form V1.2.3', { id: '1.2.3' }],
])('%s', (problem, change) => {
  using tree = plantTree({ 'a.test.ts': source })
  const map = (changes: object) => [{ ...sound, tests: [...sound.tests], ...changes }]
  expect(asvsMapProblems(map({}), tree.root)).toEqual([])
  expect(asvsMapProblems(map({ tests: ['a.test.ts > a group > inside'] }), tree.root)).toEqual([])
  expect(asvsMapProblems(map(change), tree.root)).toEqual([problem])
  expect(asvsMapProblems([...map({}), ...map({})], tree.root)).toEqual(['V1.2.3 stands there twice'])
})
