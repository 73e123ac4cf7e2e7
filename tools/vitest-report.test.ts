import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plantTree } from './planted-tree.ts'
import { reportFiles } from './test-report.ts'
import type { TestReport } from './test-report.ts'

const tools = import.meta.dirname
const base = JSON.stringify(join(tools, 'vitest-base.ts'))

function run(source: string): { report: TestReport; status: number | null } {
  using tree = plantTree({
    'vitest.config.ts': `import { vitestBase } from ${base}\nexport default { test: { ...vitestBase, globals: true } }`,
    'src/planted.test.ts': source,
  })
  const { status } = spawnSync(join(tools, '../node_modules/.bin/vitest'), ['run'], { cwd: tree.root })
  const report = JSON.parse(readFileSync(join(tree.root, reportFiles.test), 'utf8')) as TestReport
  return { report, status }
}

test('counts what passed, failed and was skipped, with the reason of the skip', () => {
  const { report, status } = run(`
    test('passes', () => {})
    test('fails', () => { throw new Error('planted') })
    test('skips', ({ skip }) => { skip('PostgreSQL: no server') })
    describe.skip('PostgreSQL (no server)', () => { test('inside', () => {}) })
  `)
  expect(report).toMatchObject({ passed: 1, failed: 1, failedTests: ['src/planted.test.ts > fails'] })
  expect(report.skipped.map(({ reason }) => reason)).toEqual([
    'PostgreSQL: no server',
    'PostgreSQL (no server)',
  ])
  expect(status).toBe(1)
})

test('a file that cannot be loaded is a failure', () => {
  const { report, status } = run(`import './nowhere.ts'\ntest('never runs', () => {})`)
  expect(report).toMatchObject({ passed: 0, failed: 1, failedTests: ['src/planted.test.ts'] })
  expect(status).toBe(1)
})

test('an error outside every test is a failure', () => {
  const { report, status } = run(`
    test('passes', async () => {
      void Promise.reject(new Error('planted'))
      await new Promise((resolve) => { setTimeout(resolve, 1) })
    })
  `)
  expect(report).toMatchObject({ passed: 1, failed: 1 })
  expect(status).toBe(1)
})

test('an unexpected console.error is a failure', () => {
  const { report, status } = run(`test('passes', () => { console.error('planted') })`)
  expect(report).toMatchObject({ passed: 1, failed: 1 })
  expect(status).toBe(1)
})
