import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plantTree } from './planted-tree.ts'
import { sumSuites } from './sum-suites.ts'
import type { TestReport } from './test-report.ts'

const tools = import.meta.dirname
const task = {
  taskId: 'a#test',
  task: 'test',
  command: 'vitest run',
  directory: '',
  execution: { exitCode: 0 },
}
const sound: TestReport = { passed: 3, failed: 0, failedTests: [], skipped: [] }
const reportOf = (report: object) => ({ '.cache/test-report.json': JSON.stringify({ ...sound, ...report }) })

function sum(files: Record<string, string>, change: object = {}, required: Record<string, RegExp> = {}) {
  using tree = plantTree(files)
  return sumSuites(tree.root, [{ ...task, ...change }], required)
}

function plantSuite(files: Record<string, string>) {
  const base = `import { vitestBase } from ${JSON.stringify(join(tools, 'vitest-base.ts'))}`
  return plantTree({
    'vitest.config.ts': `${base}\nexport default { test: { ...vitestBase, globals: true } }`,
    ...files,
  })
}

function runVitest(cwd: string): number | null {
  return spawnSync(join(tools, '../node_modules/.bin/vitest'), ['run'], { cwd }).status
}

test('the sum: counts what vitest reports, with failures outside of tests and reasons of skips', () => {
  using tree = plantSuite({
    'src/a.test.ts': `
      test('passes', () => {})
      test('fails', () => { throw new Error('planted') })
      test('skips', ({ skip }) => { skip('PostgreSQL: no server') })
      describe.skip('PostgreSQL: no server', () => { test('inside', () => {}) })
      test('complains', () => { console.error('planted') })`,
    'src/b.test.ts': "import './nowhere.ts'",
    'src/c.test.ts': `test('passes', async () => {
      void Promise.reject(new Error('outside of every test'))
      await new Promise((resolve) => { setTimeout(resolve, 1) })
    })`,
  })
  expect(runVitest(tree.root)).toBe(1)
  expect(sumSuites(tree.root, [task], {})).toEqual({
    passed: 3,
    failed: 4,
    skipped: 2,
    notes: [
      'failed: 4 in a#test',
      '  src/a.test.ts > fails',
      '  src/b.test.ts',
      'skipped: 2 in a#test: PostgreSQL: no server',
    ],
  })
})

test('the sum: a console message alone fails the run', () => {
  using tree = plantSuite({ 'src/a.test.ts': "test('complains', () => { console.warn('planted') })" })
  expect(runVitest(tree.root)).toBe(1)
})

const postgres = { PostgreSQL: /postgres/i }
test.each([
  ['a suite without a report failed', sum({ x: '' }), 0, 1],
  ['a bad exit is a failure although every reported test passed', sum(reportOf({}), { execution: {} }), 3, 1],
  ['a failed test counts once', sum(reportOf({ failed: 1 }), { execution: { exitCode: 1 } }), 3, 1],
  ['what is required must not be skipped', sum(reportOf({ skipped: ['PostgreSQL: x'] }), {}, postgres), 3, 1],
  ['a package without the script is no suite', sum({ x: '' }, { command: '<NONEXISTENT>' }), 0, 0],
])('the sum: %s', (_, result, passed, failed) => {
  expect(result).toMatchObject({ passed, failed })
})
