import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plantTree } from './planted-tree.ts'
import { missingReasons, sumSuites } from './sum-suites.ts'

const bin = join(import.meta.dirname, '../node_modules/.bin')
const base = JSON.stringify(join(import.meta.dirname, 'vitest-base.ts'))
const task = {
  taskId: 'a#test',
  task: 'test',
  command: 'vitest run',
  directory: '',
  execution: { exitCode: 1 },
}
const describeOnEach = JSON.stringify(
  join(import.meta.dirname, '../packages/router/src/testing/describe-on-each.ts'),
)

function runVitest(files: Record<string, string>) {
  using tree = plantTree({
    'vitest.config.ts': `import { vitestBase } from ${base}\nexport default { test: { ...vitestBase, globals: true } }`,
    ...files,
  })
  const env = { ...process.env, TEST_POSTGRES_URL: 'postgres://127.0.0.1:1/none', TEST_QUICK: '0' }
  const { status } = spawnSync(join(bin, 'vitest'), ['run'], { cwd: tree.root, env })
  const ran = { ...task, execution: { exitCode: status ?? 1 } }
  return { status, sum: sumSuites(tree.root, [ran], missingReasons) }
}

test('the sum: counts the tests of vitest, files that cannot be loaded, and skips of what is required', () => {
  const { sum } = runVitest({
    'src/a.test.ts': `
      test('passes', () => {})
      test('fails', () => { throw new Error('planted') })
      test.skip('an old system', () => {})
      describe('a pool (PostgreSQL)', () => { test.skip('behind a program that is missing', () => {}) })`,
    'src/b.test.ts': "import './nowhere.ts'",
    'src/c.test.ts': `
      import { describeOnEach } from ${describeOnEach}
      describeOnEach('a table', () => { test('inside', () => {}) })`,
  })
  expect(sum).toEqual({
    passed: 2,
    failed: 3,
    skipped: 3,
    notes: [
      'failed: 2 in a#test',
      '  src/a.test.ts > fails',
      '    Error: planted',
      '  src/b.test.ts',
      expect.stringContaining("    Cannot find module './nowhere.ts'"),
      'skipped: 1 in a#test: an old system',
      'skipped: 1 in a#test: a pool (PostgreSQL)',
      expect.stringMatching(
        /^failed: PostgreSQL is required, .* a table \(PostgreSQL: no server at 127.0.0.1:1 accepts the login: connect ECONNREFUSED/,
      ),
    ],
  })
})

test('the sum: prints the first and the last lines of a long failure', () => {
  const { sum } = runVitest({
    'src/a.test.ts': `test('fails', () => {
      throw new Error([...Array(99).keys()].map((line) => '\\x1b[31mline ' + line + '\\n\\n ✓ passes').join('\\n'))
    })`,
  })
  expect(sum.notes.slice(2, 4)).toEqual(['    Error: line 0', '    line 1'])
  expect(sum.notes.slice(-2)).toEqual(['    line 97', '    line 98'])
  expect(sum.notes).toHaveLength(53)
})

test.each([
  ['an error outside of every test', 'void Promise.reject(new Error())\nawait new Promise(setImmediate)', 1],
  ['output to console.error', "console.error('planted')", 1],
  ['neither', '', 0],
])('the sum: %s fails a run in which all tests pass', (_, source, failed) => {
  const { status, sum } = runVitest({ 'src/a.test.ts': `test('passes', async () => {\n${source}\n})` })
  expect([status, sum.passed, sum.failed]).toEqual([failed, 1, failed])
})

test('the sum: counts the tests of Playwright', () => {
  using tree = plantTree({
    'playwright.config.ts':
      "export default { reporter: [['json', { outputFile: '.cache/e2e-report.json' }]] }",
    'a.test.ts': `
      import { test } from ${JSON.stringify(join(import.meta.dirname, '../node_modules/@playwright/test/index.mjs'))}
      test('passes', () => {})
      test.describe('a group', () => { test('fails', () => { throw new Error('planted') }) })
      test('is left out', () => { test.skip(true, 'no browser: install one') })
      test('is left out, too', () => { test.skip(true, 'not in this browser') })`,
  })
  spawnSync(join(bin, 'playwright'), ['test'], { cwd: tree.root })
  const sum = sumSuites(tree.root, [{ ...task, task: 'test:e2e' }], missingReasons)
  // Playwright adds lines of the source, with their numbers.
  const notes = sum.notes.filter((note) => !/^[ >\d]* \|/.test(note))
  expect({ ...sum, notes }).toEqual({
    passed: 1,
    failed: 2,
    skipped: 2,
    notes: [
      'failed: 1 in a#test',
      '  a group > fails',
      '    Error: planted',
      'failed: a browser is required, but skipped: 1 in a#test: no browser: install one',
      'skipped: 1 in a#test: not in this browser',
    ],
  })
})

test('the sum: a suite without a report failed, and a package without the script is no suite', () => {
  using tree = plantTree({})
  const { failed, notes } = sumSuites(tree.root, [{ ...task, execution: { exitCode: 0 } }], {})
  expect([failed, ...notes]).toEqual([1, 'failed: 1 in a#test', '  no report'])
  expect(sumSuites(tree.root, [{ ...task, command: '<NONEXISTENT>' }], {}).failed).toBe(0)
})
